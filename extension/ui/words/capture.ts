import type { ProvenanceSource } from "../../../backend/contract/provenance.ts";
import { isFieldName } from "../../capture/vocabulary.ts";
import { t } from "../../i18n/t.ts";

/** Where a value was found, in words that need no knowledge of how pages are made. */
export const provenanceWords: Record<ProvenanceSource, string> = {
	"json-ld": t("capture.provenance.json-ld"),
	microdata: t("capture.provenance.microdata"),
	rdfa: t("capture.provenance.rdfa"),
	"open-graph": t("capture.provenance.open-graph"),
	twitter: t("capture.provenance.twitter"),
	meta: t("capture.provenance.meta"),
	link: t("capture.provenance.link"),
	content: t("capture.provenance.content"),
	selection: t("capture.provenance.selection"),
	selector: t("capture.provenance.selector"),
	table: t("capture.provenance.table"),
	page: t("capture.provenance.page"),
	typed: t("capture.provenance.typed"),
};

const kindWords: Record<string, string> = {
	page: t("capture.kind.page"),
	bookmark: t("capture.kind.bookmark"),
	article: t("capture.kind.article"),
	product: t("capture.kind.product"),
	person: t("capture.kind.person"),
	organisation: t("capture.kind.organisation"),
	event: t("capture.kind.event"),
	recipe: t("capture.kind.recipe"),
	job: t("capture.kind.job"),
	place: t("capture.kind.place"),
	paper: t("capture.kind.paper"),
	video: t("capture.kind.video"),
	repository: t("capture.kind.repository"),
	table_row: t("capture.kind.table_row"),
	image: t("capture.kind.image"),
	quote: t("capture.kind.quote"),
	link: t("capture.kind.link"),
};

/** What a person may call a record, in the order in which it is offered. */
export const kinds = Object.keys(kindWords);

/** "job" → "Job"; a kind that is new to this build reads as its own slug. */
export function kindName(kind: string): string {
	return kindWords[kind] ?? fieldName(kind);
}

/** A field's label: Sheaf's own word for it, or a name given by hand made readable ("shelf_mark" → "Shelf mark"). */
export function fieldName(name: string): string {
	if (isFieldName(name)) return t(`capture.field.${name}`);
	const spaced = name
		.replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
		.replaceAll(/[_-]+/g, " ")
		.trim();
	return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
