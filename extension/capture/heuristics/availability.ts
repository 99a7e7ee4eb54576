import type { Located } from "../findings.ts";
import { placeOf, type Snippets } from "./snippets.ts";

/** What pages say of the stock, in the words of the schema; what says that there is none comes first (`nicht auf Lager`). */
const states: readonly (readonly [RegExp, string])[] = [
	[
		/out of stock|sold out|unavailable|ausverkauft|nicht (?:auf lager|lieferbar|verfügbar|vorrätig)|vergriffen|rupture|épuisé|indisponible|agotado|sin existencias|no disponible|esaurito|non disponibile|esgotado|indisponível|slutsåld|ej i lager|slut i lager|udsolgt|ikke på lager|utsolgt|uitverkocht|niet op voorraad|loppuunmyyty|vyprodáno|není skladem|wyprzedan|niedostępn|нет в наличии|распродан|tükendi|stokta yok|売り切れ|在庫なし|品切れ|在庫切れ|缺货|缺貨|无货|售罄|품절|일시품절|غير متوفر|نفد|نفذت|אזל|לא במלאי/iu,
		"Out of stock",
	],
	[
		/pre-?order|vorbestell|précommande|preventa|prevendita|förbeställ|voorbestell|předobjed|przedsprzeda|предзаказ|ön sipariş|予約受付|预售|예약/iu,
		"Pre order",
	],
	[
		/only \d+ left|limited (?:stock|availability)|few left|nur noch \d+|wenige|plus que \d+|solo quedan|últimas unidades|solo \d+ rimas|残りわずか|残り\d+|仅剩|کم موجود/iu,
		"Limited availability",
	],
	[
		/\bin stock\b|available now|auf lager|lieferbar|vorrätig|verfügbar|sofort|en stock|\bdisponible|in magazzino|disponibil[ei]|em estoque|disponível|pronta entrega|en existencia|hay existencias|\bi lager\b|på lager|finns i|op voorraad|leverbaar|varastossa|skladem|na stanie|dostępn|w magazynie|в наличии|есть на складе|stokta|在庫あり|在庫有|有货|有貨|現貨|现货|재고\s?있음|오늘출발|متوفر|متاح|במלאי|זמין|دردسترس|موجود|διαθέσιμο|raktáron|còn hàng|उपलब्ध|มีสินค้า/iu,
		"In stock",
	],
];

const names = /stock|avail|lager|dispon|voorraad|sklad|estoque|inventory|delivery-status|налич/;

/** Whether the thing can be had, as the page says near its own price; null when it does not say. */
export const shownAvailability = (snippets: Snippets): Located<string> | null => {
	const { own, headingAt } = snippets;
	// Below the next heading it is other shops, other sizes, reviews.
	const below =
		own.find(({ element, at }) => at > headingAt && /^H[23]$/i.test(element.tagName))?.at ?? Number.POSITIVE_INFINITY;
	for (const snippet of own) {
		if (snippet.at < headingAt - 40 || snippet.text.length > 90) continue;
		// One of several sizes or colours to choose from.
		if (/^(?:LABEL|BUTTON)$/i.test(snippet.element.tagName) || snippet.element.closest("label,fieldset") !== null)
			continue;
		const named = names.test(snippet.hint);
		// Without a name of its own it has to be said at once: a sentence of reviews speaks of stock too.
		if (!named && (snippet.text.length > 60 || snippet.at > below)) continue;
		const state = states.find(([said]) => said.test(snippet.text));
		if (state !== undefined) return { value: state[1], path: placeOf(snippet), confidence: named ? 0.7 : 0.5 };
	}
	return null;
};
