import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { builtMessages } from "./build-locales.ts";
import { errorSentence } from "./error-sentence.ts";
import { listText } from "./locale.ts";
import { messageFor, piecesFor, plural, t } from "./t.ts";

const locales = join(import.meta.dir, "../locales");

/** What another language says (test-language.ts). */
function spokenIn(locale: string): Record<string, unknown> {
	const { stdout, stderr } = Bun.spawnSync([process.execPath, join(import.meta.dir, "test-language.ts"), locale]);
	if (stdout.length === 0) throw new Error(stderr.toString());
	return JSON.parse(stdout.toString()) as Record<string, unknown>;
}

describe("J5: words in the person's language", () => {
	test("J5: places are filled, numbers as the language writes them; a value is never read for places itself", () => {
		expect(t("popup.nameInProvider", { name: "{provider}", provider: "Airtable" })).toBe("{provider} in Airtable");
		expect(t("when.minutes", { n: 1_204 })).toBe("1,204 min");
	});

	test("J5: a count takes its form, and is grouped", () => {
		const records = (count: number) => plural("account-end.counted.records", count);
		expect([0, 1, 2, 1_204].map(records)).toEqual(["0 records", "1 record", "2 records", "1,204 records"]);
	});

	test("J5: a key that is made of a code may have no message", () => {
		expect(messageFor("errors.of/tomorrow")).toBeNull();
		expect(messageFor("errors.client/foreign-answer", { status: 502 })).toBe(
			"The server answered 502. Nothing was lost.",
		);
		expect(piecesFor("activity.changed.record.put")).toEqual(["", "who", " saved the record ", "subject", ""]);
	});

	test("J5: lists are written as lists", () => {
		expect([[], ["A"], ["A", "B"]].map((items) => listText(items))).toEqual(["", "A", "A and B"]);
		expect(listText(["A", "B"], "or")).toBe("A or B");
	});

	test("J5: in English the server's own sentence stays", () => {
		expect(errorSentence({ code: "delivery/provider-busy", message: "Airtable is busy." })).toBe("Airtable is busy.");
	});
});

describe("J5: other languages", () => {
	test("J5: German", () => {
		expect(spokenIn("de")).toMatchObject({
			delivered: "In Airtable",
			list: "A, B und C",
			number: "1.234,5",
			known: "Airtable ist beschäftigt. Datensätze warten hier und werden von selbst gesendet.",
			placeUnknown: "Airtable is busy.",
			misfit: "In „Stars“ gehört eine Bewertung von 1 bis 5; dieser Datensatz hat „many“.",
			wantUnknown:
				"Airtable nimmt einen Wert dieses Datensatzes nicht an. Bearbeite den Datensatz, dann sende ihn erneut.",
			codeUnknown: "Something new.",
		});
	});

	test("J5: Arabic has six forms, digits that can be typed, and names that keep their place", () => {
		const { counts, delivered, number } = spokenIn("ar") as { counts: string[]; delivered: string; number: string };
		expect(new Set(counts.slice(0, 6)).size).toBe(6);
		expect(counts.slice(3, 5)).toEqual(["3 سجلات", "11 سجلًا"]);
		expect(delivered).toBe("في \u2068Airtable\u2069");
		expect(number).toBe("1,234.5");
	});

	test("J5: a form for a million falls back to the common one", () => {
		const { counts } = spokenIn("fr") as { counts: string[] };
		expect(counts.at(-1)?.replaceAll(/\s/g, " ")).toBe("1 000 000 fiches");
	});
});

describe("J5: what the browser reads", () => {
	test("J5: keys it takes, dollars that stay dollars, and which language and direction it is", () => {
		const arabic = builtMessages(locales, "ar");
		expect(Object.keys(arabic).filter((key) => !/^\w+$/.test(key))).toEqual([]);
		expect(builtMessages(locales, "en")["steps"]?.message).toContain("“$$1”");
		expect([arabic["locale"]?.message, arabic["dir"]?.message]).toEqual(["ar", "rtl"]);
	});

	test("J5: the manifest's messages each by its key; the names of all others once, in English", () => {
		const [english, german] = [builtMessages(locales, "en"), builtMessages(locales, "de")];
		const inEnglishAlone = Object.keys(english).filter((key) => german[key] === undefined);
		expect(Object.keys(german)).toContain("manifest_quickSend");
		expect(inEnglishAlone).toContain("popup_names");
		expect(inEnglishAlone.filter((key) => !key.endsWith("_names"))).toEqual([]);
	});
});
