import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import type { HttpRequest, HttpResponse } from "../../connectors/connector.ts";
import { createLog } from "../../telemetry/log.ts";
import { createBreachedPasswords } from "./breached-passwords.ts";
import { createPasswordRules } from "./password-rules.ts";

const judge = createPasswordRules(null);
const email = "ada.lovelace@engines.example";

describe("ID-2: what a password must be (ASVS 5.0, 6.2)", () => {
	test("ID-2: long enough, and that is all: no mixture is asked for", async () => {
		for (const [password, problem] of [
			["1234567", "too-short"],
			["kwplzmvo", null],
			["KWPLZMVO", null],
			["74920163", null],
			["        ", null],
			["ein langer satz ohne ziffern", null],
			["пароль из слов", null],
			["x".repeat(256), null],
			["x".repeat(257), "too-long"],
		] as const) {
			expect({ password, problem: await judge(password, email) }).toEqual({ password, problem });
		}
	});

	test("ID-2: none of the most common ones, in any case", async () => {
		for (const password of ["password1", "PASSWORD1", "12345678", "qwertyuiop", "iloveyou1", "trustno1"])
			expect({ password, problem: await judge(password, email) }).toEqual({ password, problem: "common" });
	});

	test("ID-2: not made of the words of the place or of the person", async () => {
		for (const password of [
			"sheaf2024",
			"Sheaf-Sheaf",
			"ada.lovelace",
			"AdaLovelace1!",
			"lovelace99",
			email,
			"engines.example",
			"extension!!",
		]) {
			expect({ password, problem: await judge(password, email) }).toEqual({ password, problem: "obvious" });
		}
		expect(await judge("a sheaf of tall wheat", email)).toBeNull();
		expect(await judge("lovelace wrote the first program", email)).toBeNull();
	});
});

describe("ID-2: breached passwords", () => {
	const published = "kwplzmvo";
	const digest = createHash("sha1").update(published).digest("hex").toUpperCase();

	function listAnswering(answer: HttpResponse) {
		const asked: HttpRequest[] = [];
		const lines: string[] = [];
		const isBreached = createBreachedPasswords({
			url: "https://list.example",
			http: async (request) => {
				asked.push(request);
				return answer;
			},
			log: createLog("info", { write: (line) => void lines.push(line) }),
		});
		return { judge: createPasswordRules(isBreached), asked, lines };
	}
	const listing = (text: string): HttpResponse => ({ kind: "answered", status: 200, headers: new Headers(), text });

	test("ID-2: one that is on the list is refused; five characters of its hash leave the backend", async () => {
		const list = listAnswering(listing(`${"0".repeat(35)}:3\r\n${digest.slice(5)}:12\r\n`));
		expect(await list.judge(published, email)).toBe("breached");
		expect(await list.judge("another one of these", email)).toBeNull();
		expect(list.asked[0]).toMatchObject({ method: "GET", url: `https://list.example/range/${digest.slice(0, 5)}` });
		expect(JSON.stringify(list.asked[0])).not.toContain(digest.slice(5, 15));
	});

	test("ID-2: padding is nobody's password", async () => {
		const list = listAnswering(listing(`${digest.slice(5)}:0`));
		expect(await list.judge(published, email)).toBeNull();
	});

	test("ID-2: when the list does not answer the password is taken, and the log says so without it", async () => {
		for (const answer of [
			{ kind: "unanswered", reason: "timeout" },
			{ kind: "forbidden", reason: "the address is not on the public internet" },
			{ kind: "answered", status: 503, headers: new Headers(), text: "" },
		] as const satisfies HttpResponse[]) {
			const list = listAnswering(answer);
			expect(await list.judge(published, email)).toBeNull();
			expect(list.lines).toHaveLength(1);
			expect(list.lines[0]).toContain("did not answer");
			expect(list.lines[0]).not.toContain(published);
			expect(list.lines[0]).not.toContain(digest.slice(0, 5));
		}
	});
});
