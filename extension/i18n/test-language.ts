/**
 * Which language answers is settled when the modules are first read, so another one than the tests' English speaks in a process of its
 * own: `bun test-language.ts <locale>` prints, as JSON, what is asked here of it.
 */
import { join } from "node:path";
import { builtMessages } from "./build-locales.ts";

const [locale = "de"] = process.argv.slice(2);
const built = (one: string) => builtMessages(join(import.meta.dir, "../locales"), one);
// What a language has not the browser takes from the default one.
const messages = { ...built("en"), ...built(locale) };
const i18n = {
	getMessage: (key: string) => messages[key]?.message.replaceAll("$$", "$") ?? "",
	getUILanguage: () => locale,
};
Object.assign(globalThis, { chrome: { i18n } });

const { plural, t } = await import("./t.ts");
const { errorSentence } = await import("./error-sentence.ts");
const { listText, numberText } = await import("./locale.ts");
const problem = { code: "delivery/provider-busy", message: "Airtable is busy." };
process.stdout.write(
	JSON.stringify({
		counts: [0, 1, 2, 3, 11, 100, 1_000_000].map((count) => plural("account-end.counted.records", count)),
		delivered: t("status.delivered", { provider: "Airtable" }),
		list: listText(["A", "B", "C"]),
		number: numberText(1_234.5),
		known: errorSentence(problem, { provider: "Airtable" }),
		placeUnknown: errorSentence(problem),
		misfit: errorSentence({
			code: "delivery/value-refused",
			message: "“Stars” takes a rating from 1 to 5; this record has “many”.",
			details: { case: "misfit", columnName: "Stars", wants: "rating", max: 5, shown: "many" },
		}),
		wantUnknown: errorSentence(
			{
				code: "delivery/value-refused",
				message: "“Stars” takes something new.",
				details: { case: "misfit", columnName: "Stars", wants: "of-tomorrow", shown: "many" },
			},
			{ provider: "Airtable" },
		),
		codeUnknown: errorSentence({ code: "delivery/of-tomorrow", message: "Something new." }),
	}),
);
