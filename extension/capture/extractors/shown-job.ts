import type { Findings, Located } from "../findings.ts";
import { shownDates } from "../heuristics/bylines.ts";
import { labelled } from "../heuristics/labels.ts";
import { namedText, nameWord } from "../heuristics/named.ts";
import type { PageView } from "../page-view.ts";
import { parseDate } from "../values/date.ts";
import type { FieldName } from "../vocabulary.ts";
import { salaryText } from "./salary.ts";

const applying =
	/^(?:\p{S}|\s)*(?:apply|apply now|apply for this (?:job|position|role)|easy apply|jetzt bewerben|bewerben|online bewerben|postuler|je postule|candidater|inscribirme|postular(?:me)?|aplicar|solicitar(?: empleo)?|candidatar-se|candidate-se|candidati|invia candidatura|solliciteer\p{L}*|ansök\p{L}*|søk (?:på )?(?:stilling\p{L}*)?|send søknad|hae (?:tehtävää|paikkaa)|odpovědět|mám zájem|aplikuj|aplikować|откликнуться|відгукнутись|başvur|応募する|応募|申请职位|立即申请|投递简历|지원하기|입사지원|قدّ?م الآن|تقديم|התראיין|הגש(?:ת)? מועמדות)/iu;
const jobPath =
	/job|career|karriere|vacanc|vacature|stelle|stellenangebot|emploi|offre|empleo|vaga|lavoro|praca|oferta-pracy|rekrut|recruit|jobb|stilling|tyopaik|position|求人|招聘|채용/i;

const contracts: readonly (readonly [RegExp, string])[] = [
	[
		/full.?time|vollzeit|temps plein|temps complet|jornada completa|tiempo completo|tempo integral|tempo pieno|full time|voltijd|heltid|kokoaikai|plný úvazek|pełny etat|полная занятость|tam zamanlı|正社員|全职|全職|정규직|دوام كامل|משרה מלאה/iu,
		"Full time",
	],
	[
		/part.?time|teilzeit|temps partiel|media jornada|tiempo parcial|meio período|tempo parziale|deeltijd|deltid|osa-aikai|částečný úvazek|część etatu|частичная занятость|yarı zamanlı|パート|アルバイト|兼职|시간제|دوام جزئي|משרה חלקית/iu,
		"Part time",
	],
	[
		/intern(?:ship)?\b|praktikum|stage\b|prácticas|estágio|tirocinio|stáž|staż|стажировка|staj|インターン|实习|인턴/iu,
		"Internship",
	],
];

const anywhere =
	/^(?:yes|ja|oui|sí|si|sim|да|tak|はい|是|네)\b|remote|home.?office|télétravail|teletrabajo|da remoto|thuiswerk|distans|zdalna|удал[её]нн|在宅|リモート|远程|재택/iu;

const isApplied = ({ document }: PageView): boolean =>
	Array.from(document.querySelectorAll("a,button,input[type='submit']"))
		.slice(0, 400)
		.some((element) => {
			const text = (element.textContent || element.getAttribute("value") || "").trim();
			return text.length < 40 && applying.test(text);
		});

const fields = ["salaryMin", "location", "employmentType", "company", "deadline"] as const;

/** Whether the page advertises a position: one can apply for it, and it says what a job says. */
export const looksLikeJob = (page: PageView): boolean => {
	if (page.heading === "" || !isApplied(page)) return false;
	const labels = labelled(page.snippets());
	const said = fields.filter((name) => labels.has(name) || namedText(page.snippets(), names[name]) !== null).length;
	return said >= 2 || (said === 1 && jobPath.test(page.url));
};

const names: Record<(typeof fields)[number], RegExp> = {
	salaryMin: nameWord("salary|salaire|gehalt|salario|wage|pay|compensation|lon|zarplata|wynagrodzenie|kyuyo"),
	location: nameWord(
		"location|lieu|standort|ort|ubicacion|localidad|luogo|locatie|plats|sted|misto|lokalizacja|job-location|address|place",
	),
	employmentType: nameWord(
		"employment-type|job-type|contract|contrat|contrato|contratto|contract-type|vertragsart|arbeitszeit",
	),
	company: nameWord(
		"company|employer|entreprise|unternehmen|firma|empresa|azienda|bedrijf|corp|company-name|organisation|organization|department|page-title-department",
	),
	deadline: nameWord("deadline|closing|closing-date|bewerbungsfrist"),
};

/** What the page shows of a job below whatever it says in data. Where there is data, only what labels name fills its gaps. */
export const readShownJob = (page: PageView, found: Findings, { isDescribed }: { isDescribed: boolean }): void => {
	const labels = labelled(page.snippets());
	const at = (name: (typeof fields)[number]): Located<string> | null =>
		labels.get(name)?.value ?? (isDescribed ? null : namedText(page.snippets(), names[name]));
	const dated = (text: Located<string> | null): Located<string> | null => {
		const value = text && parseDate(text.value, page.place);
		return text && value ? { ...text, value } : null;
	};
	const type = at("employmentType");
	const words = type && (contracts.find(([said]) => said.test(type.value))?.[1] ?? type.value);
	const remote = isDescribed ? null : remoteIn(page, labels);
	found.offerAll(
		{
			company: at("company"),
			location: at("location"),
			employmentType: type && words ? { ...type, value: words } : null,
			remote,
			...salaryText(at("salaryMin"), page.place, null),
			deadline: dated(at("deadline")),
			published: dated(labels.get("published")?.value ?? null) ?? publishedNear(page),
		},
		"content",
	);
};

const remoteIn = (page: PageView, labels: ReadonlyMap<FieldName, unknown>): Located<boolean> | null => {
	const { own } = page.snippets();
	const at = own.findIndex(
		({ text }) => text.length < 20 && /^(?:remote|home.?office|télétravail|teletrabajo|remote work)\s*:?$/i.test(text),
	);
	const value = at < 0 || labels.size === 0 ? undefined : own[at + 1];
	return value !== undefined && anywhere.test(value.text) ? { value: true, path: "remote", confidence: 0.5 } : null;
};

/** A date near the heading that is said to be the posting's. */
const publishedNear = (page: PageView): Located<string> | null => {
	const { published } = shownDates(page);
	return published !== null &&
		(published.confidence ?? 0) >= 0.4 &&
		/publi|parution|posted|veröffentlicht|period|date-post|time/i.test(published.path)
		? published
		: null;
};
