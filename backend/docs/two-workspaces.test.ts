/** Runs the commands of a page of this folder as they stand there: documentation that does not work is found by this. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startTestBackend, type TestBackend } from "../api/testing/test-backend.ts";
import { decideDevice } from "../api/testing/test-device.ts";
import { makePerson } from "../api/testing/test-person.ts";

/** A block of commands, and the pieces of text that come in this order in what they print. */
type Step = { commands: string; prints: string[] };

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = fileURLToPath(new URL("./two-workspaces.md", import.meta.url));
/** Two sign-ins wait five seconds each, as RFC 8628 says, and npm starts thirty times. */
const patienceMs = 180_000;

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

function stepsOf(markdown: string): Step[] {
	const blocks = markdown.matchAll(/```sh\n(.*?)```(?:\n```text\n(.*?)```)?/gs);
	return [...blocks].map(([, commands = "", prints = ""]) => ({
		commands,
		prints: prints.split(/…|\n/).filter((piece) => piece.trim() !== ""),
	}));
}

/** One shell for the whole page. Whoever is asked to open an address does so as a new person in a new browser. */
function openShell() {
	const shell = Bun.spawn(["bash"], {
		cwd: root,
		env: { ...process.env, SHEAF_PUBLIC_URL: backend.url },
		stdin: "pipe",
		stdout: "pipe",
		stderr: "ignore",
	});
	const reader = shell.stdout.getReader();
	const decoder = new TextDecoder();
	const run = async (commands: string): Promise<string> => {
		const end = `--end-${crypto.randomUUID()}--`;
		void shell.stdin.write(`{ ${commands}\n} 2>&1\necho ${end}\n`);
		await shell.stdin.flush();
		let printed = "";
		let opened = false;
		while (!printed.includes(end)) {
			const { done, value } = await reader.read();
			if (done) throw new Error(`The shell ended: ${printed}`);
			printed += decoder.decode(value);
			const address = /Open (\S+)\n.*the code/s.exec(printed)?.[1];
			if (opened || address === undefined) continue;
			opened = true;
			await decideDevice(await makePerson(backend.url), address, "allow");
		}
		return printed.slice(0, printed.indexOf(end));
	};
	return { run, close: () => shell.kill() };
}

test(
	"ID-7: the commands for trying two workspaces do what the page says",
	async () => {
		const steps = stepsOf(await readFile(page, "utf8"));
		expect(steps.length).toBeGreaterThan(10);
		const shell = openShell();
		try {
			for (const { commands, prints } of steps) {
				let rest = await shell.run(commands);
				for (const piece of prints) {
					expect({ commands, rest }).toEqual({ commands, rest: expect.stringContaining(piece) });
					rest = rest.slice(rest.indexOf(piece) + piece.length);
				}
			}
		} finally {
			shell.close();
		}
	},
	patienceMs,
);
