import { parseArgs } from "node:util";
import { startAmazonSimulator } from "../simulator.ts";

/**
 * The simulator as a process of its own: `serve.ts [--port N] [--parent PID]`. It prints one line of JSON, `{"ready":true,"url":"…"}`, and ends with
 * SIGTERM, SIGINT, or its parent, however that one ended.
 */
const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, parent: { type: "string" } } });
const simulator = await startAmazonSimulator({ port: Number(values.port) });
const end = () => void simulator.stop().then(() => process.exit(0));
process.once("SIGTERM", end);
process.once("SIGINT", end);
if (values.parent !== undefined) endWith(Number(values.parent));
process.stdout.write(`${JSON.stringify({ ready: true, url: simulator.url })}\n`);

/** A killed parent sends no signal and closes nothing that is sure to be noticed, so it is looked for. */
function endWith(parent: number): void {
	const watch = setInterval(() => {
		try {
			process.kill(parent, 0);
		} catch {
			clearInterval(watch);
			end();
		}
	}, 500);
}
