import { describe, expect, test } from "bun:test";
import type { TransformStep } from "../../../../../backend/contract/transforms.ts";
import { stepWords } from "../../../words/steps.ts";
import { escapedPattern, plainText } from "./plain-pattern.ts";
import { takeChoices, takeOf, withTake } from "./split-take.ts";
import { movedUp, newStep, readStep, readSteps, type StepKind, toStepDrafts, withStep } from "./step-drafts.ts";

const every: TransformStep[] = [
	{ kind: "trim" },
	{ kind: "url" },
	{ kind: "regex", pattern: String.raw`(\d+) items`, replace: "$1", flags: "im" },
	{ kind: "regex", pattern: String.raw`a\.b`, replace: "$$5" },
	{ kind: "number", decimal: "," },
	{ kind: "date", pattern: "DD.MM.YYYY HH:mm", timeZone: "Europe/Berlin" },
	{ kind: "split", separator: ",", take: -2 },
	{ kind: "join", separator: "" },
	{ kind: "map", values: { new: "New", used: "" } },
	{ kind: "default", value: { type: "text", value: "unknown" } },
];

describe("CON-2: steps on the way of a value", () => {
	test("CON-2: what was saved goes back to the API as it came", () => {
		expect(readSteps(toStepDrafts(every, "text"))).toEqual(every);
		expect(toStepDrafts("none", "text")).toEqual([]);
		expect(toStepDrafts(undefined, "text")).toEqual([]);
	});

	test("CON-2: a pattern is told from a plain text, which needs to know nothing of patterns", () => {
		const [pattern, plain] = toStepDrafts(
			[every[2], every[3]].filter((step) => step !== undefined),
			"text",
		);
		expect(pattern).toMatchObject({ find: String.raw`(\d+) items`, byPattern: true, ignoreCase: true });
		expect(plain).toMatchObject({ find: "a.b", replace: "$5", byPattern: false, ignoreCase: false });
	});

	for (const [find, replace] of [
		["a.b*c", ""],
		["(1) [2] {3}", "$1"],
		[String.raw`C:\temp\?`, "$$ and $0"],
		["^|$", String.raw`\1`],
	] as const) {
		test(`CON-2: “${find}” is found and “${replace}” is put as they are written`, () => {
			const [pattern, by] = escapedPattern(find, replace);
			expect(`before ${find} after`.replace(new RegExp(pattern), by)).toBe(`before ${replace} after`);
			expect(plainText(pattern, by)).toEqual({ find, replace });
		});
	}

	test("CON-2: every kind has words, and starts as something that reads or says what it needs", () => {
		for (const kind of Object.keys(stepWords.kinds) as StepKind[]) {
			const read = readStep(newStep(kind, "text"));
			expect(read.ok ? read.step.kind : read.message.length > 0).toBe(read.ok ? kind : true);
		}
	});

	test("CON-2: a step that is not finished is not sent", () => {
		const drafts = [newStep("regex", "text"), newStep("trim", "text"), newStep("map", "text")];
		expect(readSteps(drafts)).toEqual([{ kind: "trim" }]);
	});

	test("CON-2: what stands in for a number is typed as a number", () => {
		const step = { kind: "default", form: { input: "number", text: "many" } } as const;
		expect(readStep(step).ok).toBe(false);
		expect(readStep({ ...step, form: { input: "number", text: "12" } })).toEqual({
			ok: true,
			step: { kind: "default", value: { type: "number", value: 12 } },
		});
	});

	test("CON-2: steps change places, and the first has none before it", () => {
		const steps = toStepDrafts([{ kind: "trim" }, { kind: "url" }], "url");
		expect(movedUp(steps, 1).map(({ kind }) => kind)).toEqual(["url", "trim"]);
		expect(movedUp(steps, 0)).toEqual(steps);
		expect(withStep(steps, 0, null)).toEqual([{ kind: "url" }]);
	});

	test("CON-2: the part that is kept is offered by name, an unusual one too", () => {
		expect(takeOf(undefined)).toBe("all");
		expect(takeOf(-1)).toBe("-1");
		expect(takeChoices(-2)["-2"]).toBe(stepWords.takeFromEnd(2));
		expect(takeChoices(4)["4"]).toBe(stepWords.takeNumber(5));
		expect(withTake({ kind: "split", separator: ";", take: 3 }, "all")).toEqual({ kind: "split", separator: ";" });
		expect(withTake({ kind: "split", separator: ";" }, "-1")).toEqual({ kind: "split", separator: ";", take: -1 });
	});
});
