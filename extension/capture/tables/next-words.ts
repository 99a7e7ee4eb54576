/** What leads to the next page is called, in the languages of the product and some more; all of a link's words, in lower case. */
const nextWords = (
	"next|next page|next results|go to next page|older|older posts|older entries|more results|forward|" +
	"weiter|nächste|nächste seite|vor|vorwärts|zur nächsten seite|ältere beiträge|" +
	"suivant|suivante|page suivante|suivants|articles plus anciens|" +
	"siguiente|página siguiente|próxima|próxima página|siguientes|seguinte|próximo|" +
	"successivo|successiva|pagina successiva|avanti|volgende|volgende pagina|" +
	"次|次へ|次のページ|次ページ|次の\\d+件|" +
	"下一页|下一頁|下页|下一页 >|다음|다음 페이지|" +
	"التالي|التالية|الصفحة التالية|" +
	"далее|следующая|следующая страница|вперёд|następna|dalej|nästa|næste|neste"
).split("|");

/** What brings more to the same page is called. */
const moreWords = (
	"load more|show more|see more|view more|more|load more results|show more results|load more items|load more products|" +
	"mehr laden|mehr anzeigen|mehr|weitere laden|weitere anzeigen|weitere ergebnisse|weitere ergebnisse laden|mehr ergebnisse|" +
	"charger plus|afficher plus|voir plus|plus|plus de résultats|afficher plus de résultats|" +
	"cargar más|mostrar más|ver más|más|más resultados|cargar más resultados|carregar mais|ver mais|" +
	"もっと見る|さらに表示|もっと読み込む|さらに読み込む|続きを見る|" +
	"加载更多|查看更多|更多|더 보기|더보기|" +
	"عرض المزيد|تحميل المزيد|المزيد|" +
	"показать ещё|загрузить ещё|mostra altri|carica altri|meer laden|toon meer"
).split("|");

const marks = /^[\s›»>→⟩▶❯⇨〉…+-]+|[\s›»>→⟩▶❯⇨〉…+-]+$/gu;

const tidy = (text: string): string => text.toLowerCase().replace(marks, "").replace(/\s+/g, " ").trim();

const anyOf = (words: readonly string[]): RegExp => new RegExp(`^(?:${words.join("|")})$`, "u");
const isNext = anyOf(nextWords);
const isMore = anyOf(moreWords);

/** A pointing mark and nothing else; `»` is often the last page, so the single ones come first where both are there. */
const isArrow = /^\s*[›>→⟩▶❯〉»]\s*$/u;

/** Whether words say "next page", "more of this", point onwards, or nothing of the kind. A count may follow: `Show more (24)`. */
export const onwards = (words: string): "next" | "more" | "arrow" | null => {
	if (words.length > 60) return null;
	if (isArrow.test(words)) return "arrow";
	const said = tidy(words.replace(/[([（]?\s*\p{Nd}+\s*[)\]）]?\s*$/u, ""));
	const whole = tidy(words);
	if (isNext.test(said) || isNext.test(whole)) return "next";
	return isMore.test(said) ? "more" : null;
};
