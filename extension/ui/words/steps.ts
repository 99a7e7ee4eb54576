import type { TransformStep } from "../../../backend/contract/transforms.ts";
import { plural, t } from "../../i18n/t.ts";

type StepKind = TransformStep["kind"];

/** The sentences about what is done to a value on its way. */
export const stepWords = {
	/** On the button of a line that has none. */
	none: t("steps.none"),
	stepsOf: (column: string) => t("steps.stepsOf", { column }),
	count: (count: number) => plural("steps.count", count),
	note: t("steps.note"),
	add: t("steps.add"),
	full: t("steps.full"),
	remove: (step: string) => t("steps.remove", { step }),
	moveUp: (step: string) => t("steps.moveUp", { step }),
	kinds: {
		trim: t("steps.kinds.trim"),
		url: t("steps.kinds.url"),
		regex: t("steps.kinds.regex"),
		number: t("steps.kinds.number"),
		date: t("steps.kinds.date"),
		split: t("steps.kinds.split"),
		join: t("steps.kinds.join"),
		map: t("steps.kinds.map"),
		default: t("steps.kinds.default"),
	} satisfies Record<StepKind, string>,
	notes: {
		url: t("steps.notes.url"),
		trim: t("steps.notes.trim"),
	} satisfies Partial<Record<StepKind, string>>,
	find: t("steps.find"),
	replace: t("steps.replace"),
	replaceNote: t("steps.replaceNote"),
	ignoreCase: t("steps.ignoreCase"),
	byPattern: t("steps.byPattern"),
	patternNote: t("steps.patternNote"),
	decimal: t("steps.decimal"),
	decimals: { auto: t("steps.decimals.auto"), ".": "1,234.56", ",": "1.234,56" },
	datePattern: t("steps.datePattern"),
	datePatternNote: t("steps.datePatternNote"),
	timeZone: t("steps.timeZone"),
	separator: t("steps.separator"),
	take: t("steps.take"),
	takes: {
		all: t("steps.takes.all"),
		first: t("steps.takes.first"),
		second: t("steps.takes.second"),
		third: t("steps.takes.third"),
		last: t("steps.takes.last"),
	},
	takeNumber: (place: number) => t("steps.takeNumber", { place }),
	takeFromEnd: (place: number) => t("steps.takeFromEnd", { place }),
	joiner: t("steps.joiner"),
	swapThis: t("steps.swapThis"),
	swapBy: t("steps.swapBy"),
	swapAdd: t("steps.swapAdd"),
	swapRemove: (text: string) => (text === "" ? t("steps.swapRemoveEmpty") : t("steps.swapRemove", { text })),
	standIn: t("steps.standIn"),
	problems: {
		find: t("steps.problems.find"),
		separator: t("steps.problems.separator"),
		pairs: t("steps.problems.pairs"),
		standIn: t("steps.problems.standIn"),
	},
};
