import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createServer, type Server } from "node:http";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { freePort } from "./free-port.ts";
import { waitUntil } from "./wait-until.ts";

let backend: Server;
let proxy: FaultProxy;
let served: string[];

beforeEach(async () => {
	served = [];
	const port = await freePort();
	backend = createServer((request, response) => {
		served.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`.trim());
		response.writeHead(201, { "x-from": "backend" }).end("hello");
	});
	await new Promise<void>((resolve) => backend.listen(port, "127.0.0.1", resolve));
	proxy = await startFaultProxy(await freePort());
	proxy.pointAt(port);
});

afterEach(async () => {
	await proxy.close();
	backend.close();
});

const cut = (url: string) =>
	fetch(url).then(
		() => "answered",
		() => "cut",
	);

describe("the fault proxy", () => {
	test("passes on what no fault was planned for", async () => {
		const reply = await fetch(`${proxy.url}/a?b=c`, { method: "POST", body: "x" });
		expect([reply.status, reply.headers.get("x-from"), await reply.text()]).toEqual([201, "backend", "hello"]);
		expect(proxy.requests()).toEqual(["POST /a?b=c"]);
	});

	test("drop-response: the backend has answered and the caller never hears of it", async () => {
		const fault = proxy.plan({ path: /a/, with: "drop-response" });
		expect(await cut(`${proxy.url}/a`)).toBe("cut");
		expect([served, fault.statuses(), fault.strikes()]).toEqual([["GET /a"], [201], 1]);
		expect(await cut(`${proxy.url}/a`)).toBe("answered");
	});

	test("a fault of one device passes by the others and whoever names none", async () => {
		const tokenOf = (device: string) => `Bearer e.${Buffer.from(JSON.stringify({ device })).toString("base64url")}.s`;
		const fault = proxy.plan({ path: /a/, device: "d-1", with: "answer", status: 418 });
		const ask = async (headers: Record<string, string>) => (await fetch(`${proxy.url}/a`, { headers })).status;
		const others = [await ask({}), await ask({ authorization: tokenOf("d-2") })];
		expect([...others, await ask({ authorization: tokenOf("d-1") }), fault.strikes()]).toEqual([201, 201, 418, 1]);
	});

	test("refuse: the backend never hears of it", async () => {
		const fault = proxy.plan({ path: /a/, with: "refuse" });
		expect(await cut(`${proxy.url}/a`)).toBe("cut");
		expect([served, fault.strikes()]).toEqual([[], 1]);
	});

	test("hold-response: the caller waits until it is released", async () => {
		const fault = proxy.plan({ path: /a/, with: "hold-response" });
		let answered = false;
		const reply = fetch(`${proxy.url}/a`).then((got) => {
			answered = true;
			return got.status;
		});
		await waitUntil("the backend's answer", () => fault.statuses().length === 1);
		expect(answered).toBe(false);
		fault.release();
		expect(await reply).toBe(201);
	});

	test("spoil-token: the backend gets a token that is not the one sent", async () => {
		proxy.plan({ path: /a/, with: "spoil-token" });
		await fetch(`${proxy.url}/a`, { headers: { authorization: "Bearer abcdefghijkl" } });
		expect(served).toEqual(["GET /a Bearer abcdAAAAAAAA"]);
	});

	test("nobody is reached while it is away, or while the backend is down", async () => {
		proxy.goAway();
		expect(await cut(`${proxy.url}/a`)).toBe("cut");
		proxy.comeBack();
		expect(await cut(`${proxy.url}/a`)).toBe("answered");
		proxy.pointAt(1);
		expect(await cut(`${proxy.url}/a`)).toBe("cut");
	});
});
