import { spawn } from "node:child_process";
import { inRepository, repositoryRoot } from "./paths.ts";

export type CommandResult = { code: number; output: string };

export type CommandOptions = {
	/** Also written to this process's own output while it runs. */
	echo?: boolean;
	env?: Record<string, string>;
};

/** A program that `npm ci` put into node_modules. */
export const installed = (name: string): string => inRepository(`node_modules/.bin/${name}`);

/**
 * Runs a program to its end in the checkout's root and keeps what it wrote. A program that cannot be started answers
 * 127, one that was killed 128: it never rejects.
 */
export const runCommand = (command: string[], options: CommandOptions = {}): Promise<CommandResult> =>
	new Promise((resolve) => {
		const [program = "", ...args] = command;
		const child = spawn(program, args, {
			cwd: repositoryRoot,
			env: { ...process.env, ...options.env },
			stdio: ["ignore", "pipe", "pipe"],
		});
		let output = "";
		const keep = (chunk: Buffer) => {
			output += chunk.toString();
			if (options.echo) process.stdout.write(chunk);
		};
		child.stdout.on("data", keep);
		child.stderr.on("data", keep);
		child.on("error", (error) => resolve({ code: 127, output: `${output}\n${error.message}` }));
		child.on("close", (code) => resolve({ code: code ?? 128, output }));
	});
