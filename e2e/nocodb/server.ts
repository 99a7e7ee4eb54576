import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { startThrowAwayCluster } from "../../backend/embedded/throw-away.ts";
import { lastLines, startProcess } from "../support/child-process.ts";
import { freePort } from "../support/free-port.ts";
import { runCommand } from "../support/run-command.ts";
import { waitUntil } from "../support/wait-until.ts";
import { administrator } from "./administrator.ts";

const version = "0.265.1";

/** A NocoDB of its own, with its data in a PostgreSQL of its own. */
export type RunningNocodb = { url: string; stop(): Promise<void> };

/** Its package wants a parser from elsewhere; the one on npm does for what is checked here. */
const manifest = { private: true, dependencies: { nocodb: version }, overrides: { xlsx: "0.18.5" } };

/** The package is a middleware: this is the smallest program around it, on Node. */
const program = `
const http = require("node:http");
const express = require("express");
const { Noco } = require("nocodb");
process.chdir(__dirname);
(async () => {
	const app = express();
	const server = http.createServer(app);
	server.listen(Number(process.env.PORT), "127.0.0.1");
	app.use(await Noco.init({}, server, app));
})().catch((error) => {
	console.error(error);
	process.exit(1);
});
`;

/** Installs it into a temporary folder (about half a gigabyte), which goes when it is stopped. */
export async function startNocodb(): Promise<RunningNocodb> {
	const folder = await mkdtemp(join(tmpdir(), "sheaf-nocodb-"));
	const endings: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
	const stop = async () => {
		for (const end of endings.toReversed()) await end();
	};
	try {
		await install(folder);
		const cluster = await startThrowAwayCluster();
		endings.push(() => cluster.stop());
		const admin = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
		await admin.unsafe("create database nocodb");
		await admin.end();
		const port = await freePort();
		const child = startProcess({
			command: ["node", join(folder, "serve.cjs")],
			env: { ...environment(new URL(cluster.url("nocodb"))), PORT: String(port) },
			logName: "nocodb",
		});
		endings.push(() => child.stop());
		const url = `http://127.0.0.1:${port}`;
		await waitUntil(
			"NocoDB to start",
			async () => {
				if (!child.isRunning()) throw new Error(`It ended:\n${lastLines(child.logFile)}`);
				return (await fetch(`${url}/api/v1/health`)).ok;
			},
			{ timeoutMs: 180_000, everyMs: 500 },
		);
		return { url, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function install(folder: string): Promise<void> {
	await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
	await writeFile(join(folder, "serve.cjs"), program);
	const steps = [
		["npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"],
		["npm", "rebuild", "--prefix", folder, "sqlite3", "better-sqlite3"],
	];
	for (const step of steps) {
		const { code, output } = await runCommand(step);
		if (code !== 0) throw new Error(`${step.join(" ")} failed:\n${output}`);
	}
}

function environment({ hostname, port, username, password, pathname }: URL): Record<string, string> {
	return {
		NC_DB: `pg://${hostname}:${port}?u=${username}&p=${password}&d=${pathname.slice(1)}`,
		NC_ADMIN_EMAIL: administrator.email,
		NC_ADMIN_PASSWORD: administrator.password,
		NC_DISABLE_TELE: "true",
		NC_DISABLE_AUDIT: "true",
	};
}
