import { parseArgs } from "node:util";
import { startAirtableSimulator } from "../simulator.ts";
import { practiceBase, practiceToken } from "./practice-base.ts";

/**
 * The simulator as a process of its own: `serve.ts [--port N] [--state-file F] [--practice] [--parent PID] [--token T]`.
 * With `--practice` it is the practice base: its two tables, its known token, no control. It prints one line of JSON,
 * `{"ready":true,"url":"…"}`, and ends with SIGTERM, SIGINT, or its parent (`--parent`), however that one ended.
 */
const { values } = parseArgs({
	options: {
		port: { type: "string", default: "0" },
		"state-file": { type: "string" },
		practice: { type: "boolean", default: false },
		parent: { type: "string" },
		token: { type: "string", multiple: true, default: [] },
	},
});

try {
	const simulator = await startAirtableSimulator({
		port: Number(values.port),
		bases: values.practice ? [practiceBase] : [],
		tokens: values.practice ? [practiceToken] : values.token.map((token) => ({ token })),
		control: !values.practice,
		...(values["state-file"] === undefined ? {} : { stateFile: values["state-file"] }),
	});
	const end = () => void simulator.stop().then(() => process.exit(0));
	process.once("SIGTERM", end);
	process.once("SIGINT", end);
	if (values.parent !== undefined) endWith(Number(values.parent), end);
	process.stdout.write(`${JSON.stringify({ ready: true, url: simulator.url })}\n`);
} catch (error) {
	process.stderr.write(`${startProblem(error, values.port)}\n`);
	process.exit(1);
}

/** A killed parent sends no signal and closes nothing that is sure to be noticed, so it is looked for. */
function endWith(parent: number, end: () => void): void {
	const watch = setInterval(() => {
		try {
			process.kill(parent, 0);
		} catch {
			clearInterval(watch);
			end();
		}
	}, 500);
}

function startProblem(error: unknown, port: string): string {
	if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
		return `Port ${port} is taken, so the practice base cannot start there.`;
	}
	return error instanceof Error ? error.message : String(error);
}
