import type { Located } from "../findings.ts";
import { plainWord } from "../values/month-names.ts";
import type { FieldName } from "../vocabulary.ts";
import { placeOf, type Snippet, type Snippets } from "./snippets.ts";

/** Words that pages write before a value, by the field it fills. Compared without case, accents and punctuation. */
const words: Partial<Record<FieldName, string>> = {
	brand:
		"brand|marke|hersteller|marque|fabricant|marca|fabricante|produttore|merk|fabrikant|varumarke|tillverkare|maerke|merke|brend|znacka|vyrobce|marka|producent|бренд|производитель|марка|brand name|manufacturer|made by|ブランド|メーカー|品牌|브랜드|제조사|العلامة التجارية|الماركة|מותג|merkki|μαρκα|แบรนด์|thương hiệu",
	sku: "sku|item no|item number|item model number|model number|model|product code|article number|art nr|artnr|art no|artikelnummer|artikel nr|artikelnr|bestellnummer|reference|ref|referencia|codigo|codice|codice prodotto|varenummer|varenr|produktkode|kod produktu|indeks|kod|katalogove cislo|kod vyrobku|артикул|код товара|stok kodu|urun kodu|商品番号|品番|型番|商品编号|货号|商品コード|상품번호|품번|رقم المنتج|مقط|מקט|tuotenumero|κωδικος|cikkszam|รหัสสินค้า|מק ט",
	gtin: "ean|gtin|isbn|upc|isbn 13|ean code|jan|jancode",
	condition: "condition|zustand|etat|estado|condizione|staat|skick|stand|stav|stan|состояние|状態|成色|상태|الحالة|מצב",
	seller:
		"seller|sold by|verkaufer|verkauf durch|verkauft von|vendeur|vendu par|vendedor|vendido por|venditore|venduto da|verkoper|saljare|selger|prodejce|sprzedawca|продавец|satici|販売元|出品者|店铺|卖家|판매자|البائع|מוכר|verkoop door|forhandler|ขายโดย|판매자명",
	location:
		"location|ort|standort|arbeitsort|einsatzort|lieu|ubicacion|lugar|local|localizacao|localidade|luogo|sede|sede di lavoro|locatie|standplaats|plats|sted|arbeidssted|sijainti|misto|misto vykonu prace|miejsce|miejsce pracy|lokalizacja|место|место работы|город|адрес|konum|yer|勤務地|場所|会場|地点|工作地点|근무지|장소|위치|근무지역|الموقع|مكان العمل|מיקום|venue|where|wo|veranstaltungsort",
	company:
		"company|employer|unternehmen|arbeitgeber|firma|entreprise|employeur|empresa|azienda|bedrijf|werkgever|foretag|arbetsgivare|virksomhed|arbeidsgiver|yritys|zamestnavatel|pracodawca|компания|работодатель|sirket|会社名|企業名|公司|公司名称|회사명|기업명|الشركة|חברה",
	employmentType:
		"employment type|job type|contract type|contract|anstellungsart|beschaftigungsart|vertragsart|arbeitszeit|type de contrat|contrat|tipo de contrato|jornada|contratto|tipo di contratto|dienstverband|anstallningsform|omfattning|ansettelsesform|uvazek|typ umowy|wymiar etatu|umowa|занятость|тип занятости|calisma sekli|雇用形態|工作性质|职位类型|고용형태|근무형태|نوع العمل|נوع الدوام|היקף משרה|vinculo|wymiar pracy|rodzaj umowy|tipo de oferta|tipo de jornada",
	deadline:
		"deadline|closing date|apply by|applications close|bewerbungsfrist|bewerbungsschluss|date limite|fecha limite|plazo|prazo|scadenza|sluitingsdatum|solliciteer voor|sista ansokningsdag|soknadsfrist|ansogningsfrist|uzaverka|termin skladania|срок подачи|son basvuru|応募締切|締切|截止日期|마감일|접수기간|آخر موعد|מועד אחרון",
	published:
		"posted|date posted|published|posted on|veroffentlicht|online seit|eingestellt am|publie le|publicado|pubblicato|geplaatst|publicerad|opprettet|zverejneno|opublikowano|опубликовано|размещено|yayin tarihi|掲載日|公開日|发布日期|发布时间|发布于|게시일|등록일|تاريخ النشر|פורסם|ilan tarihi",
	modified:
		"updated|last updated|aktualisiert|stand|zuletzt aktualisiert|mis a jour|actualizado|aggiornato|bijgewerkt|uppdaterad|sist endret|aktualizovano|zaktualizowano|обновлено|guncelleme|更新日|更新时间|최종수정|آخر تحديث|עודכן",
	author:
		"author|by|autor|autorin|auteur|autore|text|von|skribent|af|著者|執筆|作者|編集|글쓴이|작성자|기자|الكاتب|بقلم|מאת|автор|yazar|文|来源作者|撰文|記者",
	servings:
		"servings|serves|yield|makes|portionen|fur|ergibt|portions|pour|raciones|porciones|porcoes|rendimento|porzioni|dosi per|personen|porties|portioner|annoksia|porce|porcje|liczba porcji|порции|порций|kisi sayisi|kac kisilik|分量|材料|份量|인분|عدد الحصص|مقدار|कितने लोगों के लिए",
	prepMinutes:
		"prep|prep time|preparation|preparation time|vorbereitung|vorbereitungszeit|arbeitszeit|zubereitung|temps de preparation|preparacion|tiempo de preparacion|preparo|tempo de preparo|preparazione|tempo di preparazione|voorbereiding|bereidingstijd|forberedning|priprava|przygotowanie|czas przygotowania|подготовка|hazirlama|hazirlama suresi|下ごしらえ|準備時間|准备时间|준비시간|وقت التحضير|זמן הכנה|तैयारी का समय",
	cookMinutes:
		"cook|cook time|cooking time|kochzeit|backzeit|koch backzeit|cuisson|temps de cuisson|coccion|tiempo de coccion|cozimento|cottura|tempo di cottura|kooktijd|oventijd|tillagning|pieczenie|czas gotowania|приготовление|pisirme|pisirme suresi|加熱時間|烹饪时间|조리시간|وقت الطهي|זמן בישול|पकाने का समय",
	totalMinutes:
		"total|total time|ready in|gesamtzeit|gesamt|temps total|tiempo total|tempo total|tempo totale|totale tijd|tid|total tid|celkovy cas|czas calkowity|общее время|toplam sure|調理時間|所要時間|总时间|총시간|الوقت الكلي|זמן כולל|कुल समय",
	cuisine: "cuisine|kuche|cocina|cozinha|cucina|keuken|kok|kuchyne|kuchnia|кухня|mutfak|料理|菜系",
	calories:
		"calories|energy|kalorien|brennwert|calorias|calorie|kcal|energi|kalorier|energie|калорийность|kalori|カロリー|热量|칼로리",
	organiser:
		"organiser|organizer|hosted by|veranstalter|organisateur|organizador|organiza|organizzatore|organisator|arrangor|poradatel|organizator|организатор|duzenleyen|主催|主办|主办方|주최|المنظم|מארגן",
	journal:
		"journal|published in|source|zeitschrift|revue|revista|rivista|tijdschrift|tidskrift|журнал|掲載誌|期刊|刊名|학술지",
	license: "license|licence|lizenz|licencia|licenca|licenza|licentie|licens|лицензия",
	jobTitle:
		"position|role|title|job title|funktion|fonction|poste|cargo|puesto|ruolo|functie|befattning|stanowisko|должность|unvan|役職|职位|직책|المنصب|תפקיד|職業|beruf|profession|zawod|ocupacion",
	phone:
		"phone|tel|telephone|telefon|telefono|telefoon|telefone|puhelin|puhelinnumero|телефон|電話|电话|電話番号|전화|전화번호|هاتف|טלפון|mobile|mobil|fon",
	email:
		"email|e mail|mail|courriel|correo|correo electronico|sahkoposti|почта|eposta|e posta|メール|邮箱|电子邮箱|이메일|البريد الإلكتروني|דואל",
	address:
		"address|adresse|anschrift|direccion|endereco|indirizzo|adres|adress|osoite|adresa|адрес|adres|住所|所在地|地址|주소|العنوان|כתובת",
	website:
		"website|web|homepage|home page|internet|webseite|internetseite|site web|site internet|sitio web|pagina web|sito web|sito|nettside|hjemmeside|kotisivu|strona www|сайт|ウェブサイト|ホームページ|公式サイト|网站|官网|홈페이지|الموقع الإلكتروني|אתר",
	openingHours:
		"opening hours|hours|open|offnungszeiten|horaires|horario|horarios|orari|orario|openingstijden|oppettider|apningstider|aukioloajat|oteviraci doba|godziny otwarcia|часы работы|режим работы|calisma saatleri|営業時間|营业时间|영업시간|ساعات العمل|שעות פתיחה",
	priceRange:
		"price range|preisniveau|gamme de prix|rango de precios|fascia di prezzo|prijsklasse|prisniva|価格帯|予算|人均",
	availability:
		"availability|verfugbarkeit|disponibilite|disponibilidad|disponibilidade|disponibilita|beschikbaarheid|lagerstatus|dostupnost|dostepnosc|наличие|stok durumu|在庫|库存|재고|التوفر|זמינות",
	category:
		"category|kategorie|categorie|categoria|categoria|kategori|категория|カテゴリー|カテゴリ|类别|分类|카테고리|القسم|קטגוריה",
	starts:
		"date|when|starts|wann|datum|beginn|date et heure|fecha|cuando|data|quando|data e ora|wanneer|tid|dato|aika|termin|kdy|kiedy|дата|когда|начало|tarih|日時|開催日|日期|时间|活动时间|날짜|일시|التاريخ|תאריך|מתי",
	salaryMin:
		"salary|pay|compensation|wage|gehalt|vergutung|entgelt|lohn|salaire|remuneration|salario|sueldo|retribucion|remuneracao|retribuzione|stipendio|ral|salaris|lon|lonn|palkka|mzda|plat|wynagrodzenie|зарплата|заработная плата|оклад|maas|ucret|給与|月給|年収|時給|薪资|薪酬|工资|급여|연봉|الراتب|שכר",
	price:
		"price|entrance|admission|entry|preis|eintritt|eintrittspreis|tarif|plein tarif|precio|entrada|entrada general|ingresso|biglietto|preco|prijs|toegang|pris|intrade|entre|cena|vstupne|bilet|ціна|вартість|квиток|цена|вход|стоимость|fiyat|giris|料金|入場料|入館料|门票|票价|요금|입장료|السعر|رسوم الدخول|מחיר|כניסה",
	doi: "doi",
};

/** Letters that are no letter with a mark, as people without them write them. */
const folded: Record<string, string> = { æ: "ae", ø: "o", ł: "l", đ: "d", ß: "ss", ı: "i" };

const plainLabel = (text: string): string =>
	plainWord(text)
		.replace(/[æøłđßı]/g, (letter) => folded[letter] ?? letter)
		.replace(/[\p{P}\p{S}]+/gu, " ")
		.replace(/\s+/g, " ")
		.trim();

let fieldsByWord: ReadonlyMap<string, readonly FieldName[]> | null = null;

/** Made when a page is first asked for its labels. */
const fieldsOf = (label: string): readonly FieldName[] => {
	fieldsByWord ??= readWords();
	return fieldsByWord.get(plainLabel(label)) ?? [];
};

const readWords = (): ReadonlyMap<string, readonly FieldName[]> => {
	const byWord = new Map<string, FieldName[]>();
	for (const [name, list] of Object.entries(words) as [FieldName, string][]) {
		for (const word of list.split("|")) {
			const label = plainLabel(word);
			const held = byWord.get(label);
			if (held === undefined) byWord.set(label, [name]);
			else held.push(name);
		}
	}
	return byWord;
};

export type Labelled = { field: FieldName; label: string; value: Located<string>; snippet: Snippet };

/** The element that holds the value of a label: the cell, description or element beside it. */
const besideOf = (label: Element): Element | null => {
	const tag = label.tagName.toUpperCase();
	if (tag === "DT") {
		for (
			let at = label.nextElementSibling;
			at !== null && at.tagName.toUpperCase() !== "DT";
			at = at.nextElementSibling
		) {
			if (at.tagName.toUpperCase() === "DD") return at;
		}
		return null;
	}
	return label.nextElementSibling;
};

const inOneText = /^([^:：]{2,28}?)\s*[:：]\s*(.{1,120})$/u;

/**
 * The page's labelled values: table rows, description lists, and `Label: value` in one text. Of each field the first that the page's
 * own part has.
 */
export const labelled = (snippets: Snippets): ReadonlyMap<FieldName, Labelled> => {
	const read = readBefore.get(snippets) ?? readLabels(snippets);
	readBefore.set(snippets, read);
	return read;
};

/** Several kinds ask the same page. */
const readBefore = new WeakMap<Snippets, ReadonlyMap<FieldName, Labelled>>();

/** `Sold by <a>Vos</a>`: what stands before a link in the same text is its label. */
const labelBefore = (link: Snippet, byElement: ReadonlyMap<Element, Snippet>): string => {
	if (link.element.tagName.toUpperCase() !== "A" || link.element.parentElement === null) return "";
	const outer = byElement.get(link.element.parentElement)?.text ?? "";
	const label = outer.slice(0, Math.max(0, outer.indexOf(link.text))).replace(/[\s:：]+$/u, "");
	return label.length > 30 ? "" : label;
};

/** The value beside an element that is a label; undefined where there is none. */
const valueBeside = (label: Snippet, byElement: ReadonlyMap<Element, Snippet>): Snippet | undefined => {
	const { element } = label;
	const beside = besideOf(element) ?? (element.parentElement && besideOf(element.parentElement));
	const value = beside === null ? undefined : byElement.get(beside);
	return value === undefined || /^(?:H\d|BUTTON|INPUT|SELECT)$/i.test(value.element.tagName) ? undefined : value;
};

const readLabels = (snippets: Snippets): ReadonlyMap<FieldName, Labelled> => {
	const byElement = new Map(snippets.all.map((snippet) => [snippet.element, snippet]));
	const found = new Map<FieldName, Labelled>();
	const take = (label: string, value: string, snippet: Snippet): void => {
		// A sentence below a heading is no value of it.
		if (label === "" || value === "" || value.length > 140 || /[.!?。]\s+\p{Lu}/u.test(value)) return;
		for (const field of fieldsOf(label)) {
			if (!found.has(field)) found.set(field, { field, label, snippet, value: { value, path: placeOf(snippet) } });
		}
	};
	for (const snippet of snippets.own) {
		take(labelBefore(snippet, byElement), snippet.text, snippet);
		if (snippet.text.length <= 40 && fieldsOf(snippet.text).length > 0) {
			const value = valueBeside(snippet, byElement);
			if (value !== undefined) take(snippet.text, value.text.replace(/^[:：]\s*/, ""), value);
			continue;
		}
		if (snippet.text.length > 150) continue;
		for (const part of snippet.text.split(/\s[|｜]\s/u)) {
			const match = inOneText.exec(part);
			if (match !== null) take(match[1] ?? "", match[2] ?? "", snippet);
		}
	}
	return found;
};
