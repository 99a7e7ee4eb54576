import { afterEach, describe, expect, test } from "bun:test";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";
import type { HttpRequest } from "./connector.ts";
import { createGuardedHttp, type GuardedHttpOptions, guardReasons } from "./http.ts";

const servers: Server[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	return typeof address === "object" && address !== null ? address.port : 0;
}

const serve = (listener: RequestListener) => listen(createServer(listener));

function ask(options: GuardedHttpOptions, request: Partial<HttpRequest> & { url: string }) {
	return createGuardedHttp(options)({ method: "GET", signal: new AbortController().signal, ...request });
}

describe("SEC-2: addresses that are refused before anything is sent", () => {
	const probes = [
		"https://127.0.0.1/",
		"https://127.1/",
		"https://2130706433/",
		"https://0x7f.0.0.1/",
		"https://0177.0.0.1/",
		"https://0/",
		"https://[::1]/",
		"https://[::]/",
		"https://[::ffff:127.0.0.1]/",
		"https://[::ffff:a9fe:a9fe]/",
		"https://[64:ff9b::a9fe:a9fe]/",
		"https://[fe80::1]/",
		"https://[fd00:ec2::254]/",
		"https://[2002:7f00:1::]/",
		"https://169.254.169.254/latest/meta-data/",
		"https://100.100.100.200/",
		"https://10.0.0.8/",
		"https://172.16.4.1/",
		"https://192.168.0.1/",
		"https://localhost/",
		"https://①②⑦.⓪.⓪.①/",
	];
	test.each(probes)("%s", async (url) => {
		expect(await ask({}, { url })).toEqual({ kind: "forbidden", reason: guardReasons.private });
	});

	test("a name that answers with one private address among public ones", async () => {
		const reply = await ask({ resolve: async () => ["1.1.1.1", "10.0.0.1"] }, { url: "https://rebind.test/" });
		expect(reply).toEqual({ kind: "forbidden", reason: guardReasons.private });
	});

	test.each([
		["http://example.com/", guardReasons.insecure],
		["ftp://example.com/", guardReasons.malformed],
		["file:///etc/passwd", guardReasons.malformed],
		["no address", guardReasons.malformed],
		["https://user:secret@example.com/", guardReasons.credentials],
	])("%s", async (url, reason) => {
		expect(await ask({ resolve: async () => ["1.1.1.1"] }, { url })).toEqual({ kind: "forbidden", reason });
	});

	test("another port than the operator allowed", async () => {
		const port = await serve((_request, response) => response.end("secret"));
		const reply = await ask({ allowedOrigins: [`http://127.0.0.1:${port}`] }, { url: `http://127.0.0.1:${port + 1}/` });
		expect(reply).toEqual({ kind: "forbidden", reason: guardReasons.insecure });
	});
});

describe("SEC-2: addresses that the operator allows", () => {
	test("an allowed origin is reached, path and query and body intact", async () => {
		let seen = "";
		const port = await serve((request, response) => {
			request.setEncoding("utf8");
			let body = "";
			request.on("data", (chunk: string) => (body += chunk));
			request.on("end", () => {
				seen = `${request.method} ${request.url} ${body}`;
				response.setHeader("x-hello", "there").end("grüße 👋");
			});
		});
		const origin = `http://127.0.0.1:${port}`;
		const reply = await ask({ allowedOrigins: [origin] }, { method: "PATCH", url: `${origin}/a?b=c`, json: { é: 1 } });
		expect(seen).toBe('PATCH /a?b=c {"é":1}');
		expect(reply).toMatchObject({ kind: "answered", status: 200, text: "grüße 👋" });
		expect(reply.kind === "answered" && reply.headers.get("x-hello")).toBe("there");
	});

	test("a form is sent as one, and a request may allow less than the usual size", async () => {
		let seen = "";
		const port = await serve((request, response) => {
			request.setEncoding("utf8");
			request.on("data", (chunk: string) => (seen += chunk));
			request.on("end", () => response.end("1234567890"));
		});
		const origin = `http://127.0.0.1:${port}`;
		const form = { method: "POST", url: origin, form: { code: "a b&c" } } as const;
		expect(await ask({ allowedOrigins: [origin] }, { ...form, maxBytes: 10 })).toMatchObject({ kind: "answered" });
		expect(seen).toBe("code=a+b%26c");
		const reply = await ask({ allowedOrigins: [origin] }, { ...form, maxBytes: 9 });
		expect(reply).toEqual({ kind: "forbidden", reason: "the reply is too large" });
	});

	test("an allowed host may be private on any port or on the one named", async () => {
		const port = await serve((_request, response) => response.end("ok"));
		const url = `http://127.0.0.1:${port}/`;
		expect(await ask({ allowedPrivateHosts: ["127.0.0.1"] }, { url })).toMatchObject({ kind: "answered" });
		expect(await ask({ allowedPrivateHosts: [`127.0.0.1:${port}`] }, { url })).toMatchObject({ kind: "answered" });
		expect(await ask({ allowedPrivateHosts: ["127.0.0.1:1"] }, { url })).toMatchObject({ kind: "forbidden" });
	});
});

describe("SEC-2: the connection goes to the address that was checked", () => {
	test("a name is resolved once and keeps its Host", async () => {
		let host: string | undefined;
		const port = await serve((request, response) => {
			host = request.headers.host;
			response.end("ok");
		});
		let lookups = 0;
		const resolve = async () => {
			lookups += 1;
			return ["127.0.0.1"];
		};
		const url = `http://pinned.test:${port}/`;
		const reply = await ask({ allowedOrigins: [url], resolve }, { url });
		expect(reply).toMatchObject({ kind: "answered", text: "ok" });
		expect(host).toBe(`pinned.test:${port}`);
		expect(lookups).toBe(1);
	});

	test("TLS is asked for by the original name", async () => {
		const hello = Promise.withResolvers<string>();
		const port = await listen(
			createTcpServer((socket) => {
				socket.once("data", (bytes) => {
					hello.resolve(bytes.toString("latin1"));
					socket.destroy();
				});
				socket.on("error", () => {});
			}),
		);
		const url = `https://pinned.test:${port}/`;
		const reply = await ask({ allowedOrigins: [url], resolve: async () => ["127.0.0.1"] }, { url });
		expect(await hello.promise).toContain("pinned.test");
		expect(reply).toMatchObject({ kind: "unanswered" });
	});
});

describe("SEC-2: bounds", () => {
	test("a redirect is not followed", async () => {
		let requests = 0;
		const port = await serve((_request, response) => {
			requests += 1;
			response.writeHead(302, { location: "http://169.254.169.254/" }).end();
		});
		const origin = `http://127.0.0.1:${port}`;
		const reply = await ask({ allowedOrigins: [origin] }, { url: `${origin}/` });
		expect(reply).toEqual({ kind: "forbidden", reason: guardReasons.redirect });
		expect(requests).toBe(1);
	});

	test("a reply above the size limit is given up", async () => {
		const port = await serve((_request, response) => response.end("x".repeat(2_000)));
		const origin = `http://127.0.0.1:${port}`;
		const reply = await ask({ allowedOrigins: [origin], maxBytes: 1_000 }, { url: origin });
		expect(reply).toEqual({ kind: "forbidden", reason: guardReasons.tooLarge });
	});

	test("no compressed reply is asked for", async () => {
		let accepted: string | string[] | undefined;
		const port = await serve((request, response) => {
			accepted = request.headers["accept-encoding"];
			response.end();
		});
		await ask({ allowedOrigins: [`http://127.0.0.1:${port}`] }, { url: `http://127.0.0.1:${port}` });
		expect(accepted).toBe("identity");
	});

	test("no reply within the time limit, headers or body", async () => {
		const port = await serve((request, response) => {
			if (request.url === "/body") response.write("half");
		});
		const allowedOrigins = [`http://127.0.0.1:${port}`];
		for (const path of ["/", "/body"]) {
			const reply = await ask({ allowedOrigins }, { url: `http://127.0.0.1:${port}${path}`, timeoutMs: 60 });
			expect(reply).toEqual({ kind: "unanswered", reason: "timeout" });
		}
	});

	test("a resolver that never answers is bounded too", async () => {
		const resolve = () => new Promise<string[]>(() => {});
		const reply = await ask({ resolve }, { url: "https://slow.test/", timeoutMs: 30 });
		expect(reply).toEqual({ kind: "unanswered", reason: "timeout" });
	});

	test("the caller's signal ends the request", async () => {
		const controller = new AbortController();
		const port = await serve(() => controller.abort());
		const origin = `http://127.0.0.1:${port}`;
		expect(await ask({ allowedOrigins: [origin] }, { url: origin, signal: controller.signal })).toEqual({
			kind: "unanswered",
			reason: "aborted",
		});
		expect(await ask({ allowedOrigins: [origin] }, { url: origin, signal: AbortSignal.abort() })).toEqual({
			kind: "unanswered",
			reason: "aborted",
		});
	});
});

describe("CON-1: what kept a reply from coming", () => {
	test("nobody listens: unreachable", async () => {
		const port = await serve((_request, response) => response.end());
		for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
		const reply = await ask({ allowedOrigins: [`http://127.0.0.1:${port}`] }, { url: `http://127.0.0.1:${port}` });
		expect(reply).toEqual({ kind: "unanswered", reason: "unreachable" });
	});

	test("a name that does not resolve: unreachable", async () => {
		const resolve = () => Promise.reject(new Error("ENOTFOUND"));
		expect(await ask({ resolve }, { url: "https://nowhere.test/" })).toEqual({
			kind: "unanswered",
			reason: "unreachable",
		});
	});

	test("the connection ends before the reply, or within it: dropped, and asked once", async () => {
		let requests = 0;
		const port = await serve((request, response) => {
			requests += 1;
			if (request.url === "/before") request.socket.destroy();
			else response.writeHead(200, { "content-length": "100" }).write("half", () => request.socket.destroy());
		});
		const allowedOrigins = [`http://127.0.0.1:${port}`];
		for (const path of ["/before", "/within"]) {
			const reply = await ask(
				{ allowedOrigins },
				{ method: "PATCH", url: `http://127.0.0.1:${port}${path}`, json: {} },
			);
			expect(reply).toEqual({ kind: "unanswered", reason: "dropped" });
		}
		expect(requests).toBe(2);
	});
});
