/** Types what a page of this folder tells a developer to type, and looks for what it says comes out: a page that is wrong is found so. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decideDevice } from "../api/testing/test-device.ts";
import { makePerson } from "../api/testing/test-person.ts";
import { processSource } from "../env.ts";

/** A sign-in waits five seconds, as RFC 8628 says, and npm starts thirty times. */
export const patienceMs = 180_000;

/** A block of commands, and the pieces of text that come in this order in what they print. */
type Step = { commands: string; prints: string[] };

const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

export async function readPage(name: string): Promise<string> {
	return await readFile(new URL(name, import.meta.url), "utf8");
}

/**
 * Runs the page's `sh` blocks in one shell, each followed by what its `text` block promises; `…` there stands for anything.
 *
 * @param variables what the reader has set; `PATH` is looked through before the machine's own
 * @returns how many blocks were run.
 * @throws Error with the commands and what they printed, when a promise is not kept
 */
export async function followPage(
	name: string,
	backendUrl: string,
	variables: Readonly<Record<string, string>> = {},
): Promise<number> {
	const steps = stepsOf(await readPage(name));
	const home = await mkdtemp(join(tmpdir(), "sheaf-docs-"));
	const shell = openShell(backendUrl, { HOME: home, SHEAF_DATA_DIR: join(home, "none"), ...variables });
	try {
		for (const step of steps) checkStep(step, await shell.run(step.commands));
	} finally {
		shell.close();
		await rm(home, { recursive: true, force: true });
	}
	return steps.length;
}

function stepsOf(markdown: string): Step[] {
	const blocks = markdown.matchAll(/```sh\n(.*?)```(?:\n+```text\n(.*?)```)?/gs);
	return [...blocks].map(([, commands = "", prints = ""]) => ({
		commands,
		prints: prints.split(/…|\n/).filter((piece) => piece.trim() !== ""),
	}));
}

function checkStep({ commands, prints }: Step, printed: string): void {
	let from = 0;
	for (const piece of prints) {
		const at = printed.indexOf(piece, from);
		if (at === -1) throw new Error(`${commands}\nshould print\n${piece}\nand printed\n${printed}`);
		from = at + piece.length;
	}
}

/** One shell for the whole page. Whoever is asked to open an address does so as a new person in a new browser. */
function openShell(backendUrl: string, variables: Readonly<Record<string, string>>) {
	const { variables: own } = processSource();
	const path = [variables["PATH"], own["PATH"]].filter((folders) => folders !== undefined).join(":");
	const shell = Bun.spawn(["bash"], {
		cwd: projectFolder,
		env: { ...own, SHEAF_PUBLIC_URL: backendUrl, ...variables, PATH: path },
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
			printed += decoder.decode(value, { stream: true });
			const address = /Open (\S+)\n.*the code/s.exec(printed)?.[1];
			if (opened || address === undefined) continue;
			opened = true;
			await decideDevice(await makePerson(backendUrl), address, "allow");
		}
		return printed.slice(0, printed.indexOf(end));
	};
	return { run, close: () => shell.kill() };
}
