import { afterEach, expect, test } from "bun:test";
import { join } from "node:path";
import { createGuardedHttp } from "../../http.ts";
import { connectorAt, sceneFile, sceneToken, sheetId } from "../test-scene.ts";

type Child = Bun.Subprocess<"ignore", "pipe", "pipe">;
let child: Child | undefined;
afterEach(async () => {
	child?.kill("SIGKILL");
	await child?.exited;
});

async function start(): Promise<string> {
	child = Bun.spawn([process.execPath, join(import.meta.dir, "serve.ts"), "--parent", String(process.pid)], {
		stdout: "pipe",
		stderr: "pipe",
		stdin: "ignore",
	});
	for await (const chunk of child.stdout) {
		const line: { url: string } = JSON.parse(new TextDecoder().decode(chunk));
		return line.url;
	}
	throw new Error(await new Response(child.stderr).text());
}

test("CON-4: a process of its own is set up and looked at over HTTP, and ends with SIGTERM", async () => {
	const url = await start();
	const ask = async (path: string, body?: unknown): Promise<unknown> => {
		const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
		return (await fetch(`${url}/__control${path}`, body === undefined ? {} : post)).json();
	};
	await ask("/files", sceneFile);
	await ask("/tokens", { token: sceneToken });
	const connector = connectorAt(url);
	const http = createGuardedHttp({ allowedOrigins: [url] });
	const call = { credential: { token: sceneToken }, http, signal: new AbortController().signal };
	const tables = await connector.discover(call);
	const [table] = tables.kind === "ok" ? tables.value : [];
	const target = {
		containerId: sceneFile.id,
		tableId: String(sheetId),
		matchKey: ["Key"],
		columns: table?.fields ?? [],
	};
	expect(await connector.push(call, target, [{ ref: "a", cells: { Key: "k" } }])).toMatchObject({ kind: "pushed" });
	expect(await ask(`/rows?file=${sceneFile.id}&sheetId=${sheetId}`)).toEqual({ rows: [{ Key: "k" }] });
	child?.kill("SIGTERM");
	expect(await child?.exited).toBe(0);
});
