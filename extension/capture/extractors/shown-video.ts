import type { Findings, Located } from "../findings.ts";
import { placeOf } from "../heuristics/snippets.ts";
import type { PageView } from "../page-view.ts";
import { parseMinutes } from "../values/duration.ts";
import { parseCount } from "../values/number.ts";
import { httpUrl } from "../values/url.ts";

/** The one player in the page's main part, or null: a page with several has them beside its text. */
export const ownPlayer = ({ document }: PageView): Element | null => {
	const players = Array.from(
		document.querySelectorAll("main video,[role='main'] video,body > video,#player video"),
	).slice(0, 3);
	const [player] = players.filter(
		(one) => one.closest("article p,aside,nav,footer") === null && !one.hasAttribute("autoplay"),
	);
	return players.length === 1 ? (player ?? null) : null;
};

const lengthWords =
	/^(?:duration|length|runtime|running time|dauer|länge|laufzeit|durée|duración|duração|durata|duur|längd|varighet|kesto|délka|czas trwania|длительность|süre|再生時間|时长|재생시간|المدة|משך)\s*[:：]\s*(.{2,20})$/iu;
const viewWords =
	/^([\d.,\s\u00a0\u202f']+\s?(?:k|m|tsd|mio|mil|тыс|млн|万|億|만)?\.?)\s*(?:views|aufrufe|vues|visualizaciones|visualizações|visualizzazioni|weergaven|visningar|visninger|katselukertaa|zhlédnutí|wyświetle\p{L}*|просмотр\p{L}*|izlenme|görüntüleme|回視聴|次播放|播放|조회수?|مشاهدة|צפיות)$/iu;

/** What the page shows of its video: the picture before it starts, how long it is, how often it was watched. */
export const readShownVideo = (page: PageView, found: Findings): void => {
	const poster = page.document.querySelector("video[poster]")?.getAttribute("poster") ?? "";
	const image = httpUrl(poster, page.base);
	let [length, views]: [Located<number> | null, Located<number> | null] = [null, null];
	for (const snippet of page.snippets().own.slice(0, 400)) {
		const said = lengthWords.exec(snippet.text)?.[1];
		const minutes = said === undefined ? null : parseMinutes(said, page.language);
		if (minutes !== null) length ??= { value: minutes, path: placeOf(snippet), confidence: 0.6 };
		const count =
			viewWords.exec(snippet.text)?.[1] ??
			(/(?:^|[-_\s])views?(?:$|[-_\s])|view-?(?:count|text)/.test(snippet.hint) && snippet.text.length < 15
				? snippet.text
				: undefined);
		const watched = count === undefined ? null : parseCount(count);
		if (watched !== null) views ??= { value: watched, path: placeOf(snippet), confidence: 0.5 };
	}
	found.offerAll(
		{
			durationMinutes: length,
			views,
			image: image === null ? null : { value: image, path: "video[poster]", confidence: 0.7 },
		},
		"content",
	);
};
