import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { repositoryRoot, testResults } from "./paths.ts";

export type ProcessOptions = {
	command: string[];
	env?: Record<string, string | undefined>;
	/** Name of its log under `test-results/logs/`. */
	logName: string;
};

/** A program that a test started. Its output is in a file, so that a failing test can be read afterwards. */
export type RunningProcess = {
	pid: number;
	logFile: string;
	/** Resolves with the signal or code it ended with, whoever ended it. */
	exited: Promise<string>;
	isRunning(): boolean;
	signal(name: NodeJS.Signals): void;
	/** SIGTERM, then SIGKILL when it has not ended in time. */
	stop(): Promise<void>;
};

const stopDeadlineMs = 8_000;

/** Killed with this process, also when it ends by an error that nobody caught. */
const children = new Set<ChildProcess>();
process.on("exit", () => {
	for (const child of children) child.kill("SIGKILL");
});

/** For programs of our own: a signal then ends them by way of `exit`, and so their children. Playwright has its own. */
export function exitOnSignals(): void {
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
}

export function startProcess({ command, env, logName }: ProcessOptions): RunningProcess {
	const logFile = `${testResults}/logs/${logName}.log`;
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, "a");
	const [program = "", ...args] = command;
	const child = spawn(program, args, {
		cwd: repositoryRoot,
		env: { ...process.env, ...env },
		stdio: ["ignore", log, log],
	});
	closeSync(log);
	if (child.pid === undefined) throw new Error(`${program} could not be started.`);
	children.add(child);
	const exited = once(child, "exit").then(([code, signal]) => {
		children.delete(child);
		return String(signal ?? code);
	});
	const isRunning = () => child.exitCode === null && child.signalCode === null;
	return {
		pid: child.pid,
		logFile,
		exited,
		isRunning,
		signal: (name) => void child.kill(name),
		stop: () => stopChild(child, exited),
	};
}

async function stopChild(child: ChildProcess, exited: Promise<string>): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	child.kill("SIGTERM");
	const killer = setTimeout(() => child.kill("SIGKILL"), stopDeadlineMs);
	await exited;
	clearTimeout(killer);
}

/** The end of a log, for the message of a failed start. */
export function lastLines(logFile: string, count = 15): string {
	return readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
