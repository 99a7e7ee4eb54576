import { afterEach, describe, expect, test } from "bun:test";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { guardReasons } from "./checked-address.ts";
import { createGuardedDial, type GuardedDialOptions } from "./dial.ts";
import { createGuardedHttp, type GuardedHttpOptions } from "./http.ts";
import { placeOf } from "./own-places.ts";
import { malformedHosts, malformedPorts, namesThatLie, privateHosts, refusedPorts } from "./test-ssrf-probes.ts";

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
	for (const socket of sockets.splice(0)) socket.destroy();
	for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	return typeof address === "object" && address !== null ? address.port : 0;
}

/** A server that counts who came. */
async function countingServer(): Promise<{ port: number; visits: () => number }> {
	let visits = 0;
	const port = await listen(
		createServer((socket) => {
			visits += 1;
			socket.on("error", () => undefined).end();
		}),
	);
	return { port, visits: () => visits };
}

const signal = new AbortController().signal;
const loopback = async () => ["127.0.0.1"];

async function dial(options: GuardedDialOptions, place: { host: string; port: number; signal?: AbortSignal }) {
	const result = await createGuardedDial(options)({ signal, ...place });
	if (result.kind === "connected") sockets.push(result.socket);
	return result;
}

const ask = (options: GuardedHttpOptions, url: string) => createGuardedHttp(options)({ method: "GET", url, signal });

/** `localhost` has to be refused for where it leads, also on a machine that does not know it. */
const resolve = loopback;

describe("SEC-2: no door leads to a private place", () => {
	test.each(privateHosts)("%s", async (host) => {
		const refused = { kind: "forbidden", reason: guardReasons.private } as const;
		expect(await ask({ resolve }, `https://${host}/`)).toEqual(refused);
		expect(await dial({ resolve }, { host, port: 5432 })).toEqual(refused);
	});

	test.each(namesThatLie)("a name whose owner says: %s", async (_name, answers) => {
		const refused = { kind: "forbidden", reason: guardReasons.private } as const;
		const lying = async () => answers;
		expect(await ask({ resolve: lying }, "https://rebind.test/")).toEqual(refused);
		expect(await dial({ resolve: lying }, { host: "rebind.test", port: 5432 })).toEqual(refused);
	});

	test("a name that is public when it is checked and private when it is used is looked up once", async () => {
		const { port, visits } = await countingServer();
		for (const door of ["http", "dial"] as const) {
			let lookups = 0;
			const rebinding = async () => {
				lookups += 1;
				// Nobody is at the first address: it belongs to a network that is for documents, and is only let through by name.
				return lookups === 1 ? ["192.0.2.1"] : ["127.0.0.1"];
			};
			const options = { resolve: rebinding, allowedPrivateHosts: ["rebind.test"], timeoutMs: 50 };
			if (door === "http") await ask(options, `http://rebind.test:${port}/`);
			else await dial(options, { host: "rebind.test", port });
			expect(lookups).toBe(1);
		}
		expect(visits()).toBe(0);
	});
});

describe("SEC-2: what is no host is not looked up", () => {
	test.each(malformedHosts)("%p", async (host) => {
		let lookups = 0;
		const counting = async () => {
			lookups += 1;
			return ["1.1.1.1"];
		};
		expect(await dial({ resolve: counting }, { host, port: 5432 })).toEqual({
			kind: "forbidden",
			reason: guardReasons.malformed,
		});
		expect(lookups).toBe(0);
	});

	test.each(malformedPorts)("port %p", async (port) => {
		const reason = guardReasons.malformed;
		expect(await dial({ resolve }, { host: "db.example.com", port })).toEqual({ kind: "forbidden", reason });
	});

	test.each(refusedPorts)("port %p of a public host", async (port) => {
		const reason = guardReasons.port;
		expect(await dial({ resolve: async () => ["1.1.1.1"] }, { host: "db.example.com", port })).toEqual({
			kind: "forbidden",
			reason,
		});
	});

	test.each(["https://user@example.com/", "https://user:secret@example.com/", "https://:secret@example.com/"])(
		"%s",
		async (url) => {
			expect(await ask({ resolve: async () => ["1.1.1.1"] }, url)).toEqual({
				kind: "forbidden",
				reason: guardReasons.credentials,
			});
		},
	);
});

describe("SEC-2: what the operator allows", () => {
	test("a private host is reached on any port or on the one that was named, and no other", async () => {
		const { port, visits } = await countingServer();
		const place = { host: "127.0.0.1", port };
		for (const allowed of ["127.0.0.1", `127.0.0.1:${port}`]) {
			expect(await dial({ allowedPrivateHosts: [allowed] }, place)).toMatchObject({ kind: "connected" });
		}
		expect(await dial({ allowedPrivateHosts: [`127.0.0.1:${port + 1}`] }, place)).toMatchObject({ kind: "forbidden" });
		expect(visits()).toBe(2);
	});

	test("Sheaf's own database is refused by each of its names", async () => {
		const { port, visits } = await countingServer();
		const places = [`postgres://sheaf:secret@127.0.0.1:${port}/sheaf`, `redis://localhost:${port}`].map(placeOf);
		const hosts = ["localhost", "127.0.0.1", "127.0.0.2", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "db.internal"];
		for (const place of places) {
			const options = { resolve, allowedPrivateHosts: hosts, forbiddenPlaces: [place] };
			for (const host of [...hosts, "::1", "2130706433"]) {
				expect(await dial(options, { host, port })).toMatchObject({ kind: "forbidden" });
			}
			expect(await dial(options, { host: "db.internal", port })).toEqual({
				kind: "forbidden",
				reason: guardReasons.ownDatabase,
			});
		}
		expect(visits()).toBe(0);
	});

	test("an address without a port is where such a server listens", () => {
		expect(placeOf("postgres://db.internal/sheaf")).toEqual({ host: "db.internal", port: 5432 });
		expect(placeOf("rediss://cache.internal")).toEqual({ host: "cache.internal", port: 6379 });
	});
});

describe("SEC-2: what a server can do to us is bounded", () => {
	const endless = (port: number) =>
		ask({ allowedOrigins: [`http://127.0.0.1:${port}`], timeoutMs: 400 }, `http://127.0.0.1:${port}/`);

	test("a body that never ends is given up at the size limit", async () => {
		const port = await listen(
			createHttpServer((_request, response) => {
				const write = () => {
					while (!response.destroyed && response.write("x".repeat(65_536)));
				};
				response.on("drain", write).on("error", () => undefined);
				write();
			}),
		);
		const options = { allowedOrigins: [`http://127.0.0.1:${port}`], maxBytes: 100_000 };
		expect(await ask(options, `http://127.0.0.1:${port}/`)).toEqual({
			kind: "forbidden",
			reason: guardReasons.tooLarge,
		});
	});

	test("a body that comes a byte at a time is given up at the time limit", async () => {
		const port = await listen(
			createHttpServer((_request, response) => {
				response.write("a");
				const drip = setInterval(() => response.write("a"), 20);
				response.on("close", () => clearInterval(drip));
			}),
		);
		expect(await endless(port)).toEqual({ kind: "unanswered", reason: "timeout" });
	});

	test("headers without end are no reply", async () => {
		const port = await listen(
			createServer((socket) => {
				socket.on("error", () => undefined);
				socket.write(`HTTP/1.1 200 OK\r\n${`x-a: ${"y".repeat(1_000)}\r\n`.repeat(1_000)}`);
			}),
		);
		expect(await endless(port)).toMatchObject({ kind: "unanswered" });
	});

	test("a redirect to a private place is not followed", async () => {
		const { port: secret, visits } = await countingServer();
		const port = await listen(
			createHttpServer((_request, response) => {
				response.writeHead(307, { location: `http://127.0.0.1:${secret}/` }).end();
			}),
		);
		expect(await endless(port)).toEqual({ kind: "forbidden", reason: guardReasons.redirect });
		expect(visits()).toBe(0);
	});

	test("a look-up that never ends, and one that is given up, open no socket", async () => {
		const never = () => new Promise<string[]>(() => undefined);
		const place = { host: "slow.test", port: 5432 };
		expect(await dial({ resolve: never, timeoutMs: 30 }, place)).toEqual({ kind: "unanswered", reason: "timeout" });
		const aborted = AbortSignal.abort();
		expect(await dial({ resolve: never }, { ...place, signal: aborted })).toEqual({
			kind: "unanswered",
			reason: "aborted",
		});
	});

	test("a name nobody knows and a port nobody listens on are unreachable", async () => {
		const failing = () => Promise.reject(new Error("ENOTFOUND"));
		const unreachable = { kind: "unanswered", reason: "unreachable" } as const;
		expect(await dial({ resolve: failing }, { host: "nowhere.test", port: 5432 })).toEqual(unreachable);
		const { port } = await countingServer();
		for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
		expect(await dial({ allowedPrivateHosts: ["127.0.0.1"] }, { host: "127.0.0.1", port })).toEqual(unreachable);
	});
});
