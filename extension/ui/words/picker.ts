import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";
import { listText, locale, numberText } from "../../i18n/locale.ts";
import { plural, t } from "../../i18n/t.ts";

/** Every sentence of the overlay in which fields of a page are picked. */
export const pickerWords = {
	title: t("picker.title"),
	close: t("picker.close"),
	otherSide: t("picker.otherSide"),
	surface: t("picker.surface"),
	hint: t("picker.hint"),
	keys: t("picker.keys"),
	fields: t("picker.fields"),
	noFields: t("picker.noFields"),
	notHere: t("picker.notHere"),
	remove: (name: string) => t("picker.remove", { name }),
	undo: t("picker.undo"),
	done: t("picker.done"),
	nameLabel: t("picker.nameLabel"),
	nameNeeded: t("picker.nameNeeded"),
	typeLabel: t("picker.typeLabel"),
	valueLabel: t("picker.valueLabel"),
	noValue: t("picker.noValue"),
	one: t("picker.one"),
	all: (count: number) => plural("picker.all", count),
	replaces: (name: string) => t("picker.replaces", { name }),
	add: t("picker.add"),
	back: t("picker.back"),
	wider: t("picker.wider"),
	recipeName: t("picker.recipeName"),
	pages: t("picker.pages"),
	pagesHint: t("picker.pagesHint"),
	pathWrong: t("picker.pathWrong"),
	kind: t("picker.kind"),
	save: t("picker.save"),
	saving: t("picker.saving"),
	sharing: {
		workspace: t("picker.forTeam"),
		guest: t("picker.forGuest"),
		viewer: t("picker.forViewer"),
	},
	failed: t("picker.failed"),
	saved: (host: string) => t("picker.saved", { host }),
	finish: t("picker.finish"),
	leave: t("picker.leave"),
	leaveButton: t("picker.leaveButton"),
	stay: t("picker.stay"),
	types: {
		text: t("picker.types.text"),
		markdown: t("picker.types.text"),
		url: t("picker.types.url"),
		image: t("picker.types.image"),
		date: t("picker.types.date"),
		number: t("picker.types.number"),
		boolean: t("picker.types.boolean"),
		currency: t("picker.types.currency"),
		list: t("picker.types.list"),
	} satisfies Record<FieldType, string>,
};

/** A captured value as a person reads it, on one line. */
export function valueWords(field: FieldValue): string {
	switch (field.type) {
		case "number":
			return numberText(field.value);
		case "boolean":
			return field.value ? t("picker.yes") : t("picker.no");
		case "currency":
			return new Intl.NumberFormat(locale, { style: "currency", currency: field.value.currency }).format(
				field.value.amount,
			);
		case "list":
			return listText(field.value, "comma");
		default:
			return field.value;
	}
}
