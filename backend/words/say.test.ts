import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { shippedLocales } from "../../extension/i18n/build-locales.ts";
import { directionOf, type Language, languages } from "./languages.ts";
import { say, sayIn } from "./say.ts";

const textsOf = (language: string): Record<string, string> =>
	JSON.parse(readFileSync(join(import.meta.dir, `${language}.json`), "utf8")) as Record<string, string>;
const others = languages.filter((language) => language !== "en");
const placesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
const english = Object.keys(textsOf("de"));

/** Every sentence that is said somewhere, as it stands in the code. */
const saidSomewhere = (): Set<string> => {
	const backend = join(import.meta.dir, "..");
	const files = readdirSync(backend, { recursive: true, encoding: "utf8" });
	const code = files.filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"));
	const texts = code.flatMap((path) => [
		...readFileSync(join(backend, path), "utf8").matchAll(/\bsay\(\s*("(?:[^"\\]|\\.)*")/g),
	]);
	return new Set(texts.map(([, text = '""']) => JSON.parse(text) as string));
};

describe("J5: what pages and letters say", () => {
	test("J5: they speak the languages of the extension", () => {
		expect([...languages].toSorted()).toEqual([...shippedLocales].toSorted());
	});

	test("J5: every sentence is said somewhere", () => {
		const said = saidSomewhere();
		expect(said.size).toBeGreaterThan(150);
		expect(english.filter((text) => !said.has(text))).toEqual([]);
	});

	test.each(others)("J5: in %s every sentence is there, with the places of the English one", (language) => {
		const texts = textsOf(language);
		expect(Object.keys(texts)).toEqual(english);
		const wrong = Object.entries(texts).filter(
			([text, other]) => other === "" || placesOf(text).join() !== placesOf(other).join(),
		);
		expect(wrong).toEqual([]);
	});
});

describe("J5: a sentence in a language", () => {
	const nothing = say("Nothing was changed. Try again in {minutes} minutes.", { minutes: 1_200 });

	test("J5: numbers as the language writes them, with digits that can be typed", () => {
		expect(sayIn("en", nothing)).toContain("in 1,200 minutes");
		expect(sayIn("de", nothing)).toContain("in 1.200 Minuten");
		expect(sayIn("ar", nothing)).toContain("1,200");
	});

	test("J5: a value is written safely, and never read for places itself", () => {
		const joined = say("Join {workspaceName}", { workspaceName: "<b>{workspaceName}</b>" });
		expect(sayIn("fr", joined, Bun.escapeHTML)).toBe("Rejoindre &lt;b&gt;{workspaceName}&lt;/b&gt;");
	});

	test("J5: a name keeps its place in a sentence that is written from the right", () => {
		expect(sayIn("ar", say("Join as {email}", { email: "a@b.test" }))).toBe("الانضمام باسم \u2068a@b.test\u2069");
		expect((["ar", "de"] as const satisfies Language[]).map(directionOf)).toEqual(["rtl", "ltr"]);
	});

	test("J5: one of several", () => {
		const ways = { oneOf: ["Google", say("your password")] };
		const text =
			"Somebody, probably you, asked to set a new password for Sheaf. Your account has none: you sign in with {ways}.";
		expect(sayIn("en", say(text, { ways }))).toContain("with Google or your password.");
		expect(sayIn("de", say(text, { ways }))).toContain("mit Google oder deinem Passwort an.");
	});
});
