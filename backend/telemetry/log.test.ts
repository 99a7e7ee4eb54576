import { expect, test } from "bun:test";
import { checkpoint, installCheckpointListener } from "./checkpoint.ts";
import { createLog } from "./log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
	let text = "";
	write(
		createLog("info", {
			write: (line) => {
				text += line;
			},
		}),
	);
	return text;
}

test("OBS-1: a line is JSON with time, level and what was named", () => {
	const line: unknown = JSON.parse(logged((log) => log.info({ lane: "c/b" }, "delivered")));
	expect(line).toMatchObject({ level: "info", msg: "delivered", lane: "c/b", time: expect.any(String) });
});

test("OBS-1: e-mail, names, tokens and content are withheld where someone logs them by mistake", () => {
	const text = logged((log) =>
		log.info({
			email: "ann@example.test",
			person: { firstName: "Ann", email: "ann@example.test" },
			request: { headers: { authorization: "Bearer abc" } },
			token: "pat123",
			record: { fields: { title: "private" }, source: { url: "https://example.test/secret" } },
		}),
	);
	for (const secret of ["ann@example.test", "Ann", "abc", "pat123", "private", "/secret"]) {
		expect(text).not.toContain(secret);
	}
});

test("OBS-1: an error is its class, code and place; its message may quote a value", () => {
	const error = Object.assign(new Error('invalid input syntax: "private"\n    at private'), { code: "22P02" });
	const text = logged((log) => log.error({ err: error }, "failed"));
	expect(text).toContain("22P02");
	expect(text).toContain("log.test.ts");
	expect(text).not.toContain("private");
});

test("OBS-1: an address is logged without its query", () => {
	const text = logged((log) => log.info({ url: "https://example.test/page?q=private#part" }));
	expect(text).toContain("https://example.test/page");
	expect(text).not.toContain("private");
});

test("a checkpoint tells its listener, waits for it, and is silent without one", async () => {
	const seen: string[] = [];
	const remove = installCheckpointListener(async (name) => {
		await Promise.resolve();
		seen.push(name);
	});
	await checkpoint("deliver/after-accept");
	remove();
	await checkpoint("deliver/after-settle");
	expect(seen).toEqual(["deliver/after-accept"]);
});
