import type { FieldType } from "../../../backend/contract/fields.ts";
import { type FieldName, vocabulary } from "../vocabulary.ts";

/**
 * Words over columns that mean one of our fields, in the languages of the product and some more. A whole name has to be one
 * of them: a "Price range" is no price. Only where the column's type is the field's, too.
 */
const headings: readonly (readonly [FieldName, string])[] = [
	[
		"title",
		"title|name|product|item|article|headline|titel|bezeichnung|produkt|artikel|titre|nom|produit|título|titulo|nombre|producto|nome|タイトル|名前|名称|商品|商品名|品名|件名|标题|名稱|商品名称|제목|이름|العنوان|الاسم|المنتج",
	],
	["price", "price|preis|prix|precio|prezzo|preço|価格|値段|金額|价格|가격|السعر"],
	["description", "description|beschreibung|descripción|descrizione|説明|概要|描述|설명|الوصف"],
	["author", "author|autor|autorin|auteur|autore|著者|作者|저자|المؤلف|الكاتب"],
	[
		"company",
		"company|employer|firma|unternehmen|arbeitgeber|entreprise|société|empresa|azienda|会社|会社名|企業|公司|회사|الشركة",
	],
	["location", "location|ort|standort|lieu|localisation|ubicación|lugar|luogo|勤務地|所在地|地点|위치|الموقع|المكان"],
	["brand", "brand|marke|hersteller|marque|marca|ブランド|メーカー|品牌|브랜드|العلامة التجارية"],
	["rating", "rating|bewertung|note|évaluation|valoración|calificación|評価|评分|평점|التقييم"],
	[
		"sku",
		"sku|article no|article number|item no|item number|art\\.?-?nr|artikelnummer|référence|referencia|品番|商品番号|货号",
	],
	["category", "category|kategorie|catégorie|categoría|categoria|カテゴリ|カテゴリー|分类|카테고리|الفئة"],
	["email", "e-?mail|e-?mail address|email address|メール|メールアドレス|邮箱|이메일|البريد الإلكتروني"],
	["phone", "phone|telephone|tel|telefon|téléphone|teléfono|telefono|電話|電話番号|电话|전화|الهاتف"],
	["address", "address|adresse|anschrift|dirección|indirizzo|住所|地址|주소|العنوان البريدي"],
	["website", "website|web site|homepage|webseite|site web|sitio web|ウェブサイト|网站|الموقع الإلكتروني"],
	[
		"published",
		"published|publication date|veröffentlicht|publié|publié le|publicado|公開日|掲載日|发布日期|تاريخ النشر",
	],
	["availability", "availability|stock|verfügbarkeit|disponibilité|disponibilidad|在庫|库存|التوفر"],
	["tags", "tags|schlagwörter|étiquettes|etiquetas|タグ|标签"],
	["language", "language|sprache|langue|idioma|lingua|言語|语言|اللغة"],
	["image", "image|photo|picture|bild|foto|imagen|画像|写真|图片|صورة"],
	["url", "url|link|lien|enlace|リンク|链接|الرابط"],
];

const byHeading = headings.map(([field, words]) => [field, new RegExp(`^(?:${words})$`, "iu")] as const);

/** Without what stands in brackets behind it (`Price (£)`, `Name [1]`, `Price, EUR`) and without marks at its end. */
const bare = (name: string): string =>
	name
		.replace(/\s*[([（][^)\]）]*[)\]）]\s*$/, "")
		.replace(/[\s,]+(?:[A-Z]{3}|[€£$¥])$/, "")
		.replace(/[:：*†‡\s↑↓▲▼⇅]+$/, "")
		.trim();

/** The field that a column heading names, or null. */
export const fieldOfHeading = (name: string): FieldName | null =>
	byHeading.find(([, words]) => words.test(bare(name)))?.[0] ?? null;

/**
 * Words in class names and `itemprop`s of cards, more telling before less: `product-price-old` is an old price. Each is
 * looked for among the words of one name.
 */
const classWords: readonly (readonly [FieldName, RegExp])[] = [
	[
		"originalPrice",
		/(?:^|-)(?:old|was|original|regular|list|strike|crossed|rrp|uvp|before)-(?:.*-)?price(?:-|$)|price-(?:old|was|original|regular|list|strike|before)/,
	],
	["ratingCount", /(?:rating|review)s?-?count|num-?reviews|(?:^|-)reviews$/],
	["price", /(?:^|-)(?:price|preis|prix|precio)(?:-|$)/],
	["rating", /(?:^|-)(?:rating|stars?|score|rating-?value)(?:-|$)/],
	["title", /(?:^|-)(?:title|headline|heading|name|job-?title|product-?name)(?:-|$)/],
	["authors", /(?:^|-)authors(?:-|$)/],
	["author", /(?:^|-)(?:author|byline|artist|creator)(?:-|$)/],
	["company", /(?:^|-)(?:company|employer|hiring-?organization|organi[sz]ation)(?:-|$)/],
	["location", /(?:^|-)(?:location|city|job-?location|region)(?:-|$)/],
	["address", /(?:^|-)address(?:-|$)/],
	["starts", /(?:^|-)(?:start-?date|starts)(?:-|$)/],
	["published", /(?:^|-)(?:date|published|posted|datepublished|dateposted|pubdate|timestamp)(?:-|$)/],
	["description", /(?:^|-)(?:description|desc|summary|snippet|excerpt|teaser|abstract|blurb)(?:-|$)/],
	["brand", /(?:^|-)(?:brand|manufacturer)(?:-|$)/],
	["sku", /(?:^|-)sku(?:-|$)/],
	["category", /(?:^|-)(?:category|genre|section)(?:-|$)/],
	["tags", /(?:^|-)(?:tags|keywords|labels|topics)(?:-|$)/],
	["availability", /(?:^|-)(?:availability|stock|in-?stock)(?:-|$)/],
	["seller", /(?:^|-)(?:seller|vendor|merchant)(?:-|$)/],
	["views", /(?:^|-)views?(?:-count)?(?:-|$)/],
	["journal", /(?:^|-)journal(?:-|$)/],
	["image", /(?:^|-)(?:image|img|thumb(?:nail)?|photo|picture)(?:-|$)/],
];

/** `jobCard__companyName` as `job-card-company-name`. */
const dashed = (name: string): string =>
	name
		.replace(/([a-z\d])([A-Z])/g, "$1-$2")
		.replace(/[_\s]+/g, "-")
		.toLowerCase();

/** The field that a class name or an `itemprop` means, or null. */
export const fieldOfClass = (name: string): FieldName | null => {
	const words = dashed(name);
	return classWords.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
};

/** Class names that say how something looks, or nothing at all: `mt-4`, `col-md-6`, `css-1x8`, `a-size-base`. */
const plainLook =
	/^(?:[mp][trblxy]?|text|font|flex|grid|gap|w|h|bg|border|rounded|cols?|row|d|align|justify|items?|float|pull|btn|button|icon|fa|fas|css|sc|jss|mui[a-z]*|a|ui|card|box|block|wrap(?:per)?|inner|outer|content|body|left|right|top|bottom|small|large|bold|muted|meta|info|line|list|cell|field|value|span|link)(?:-|$)|^.{1,2}$|\d/;

/** A name to read out of a class: the last part that means something, or empty. */
export const wordsOfClass = (name: string): string => {
	const words = dashed(name.split("__").at(-1) ?? name);
	return words.length > 30 || plainLook.test(words) || !/[aeiouy]/.test(words) ? "" : words.replaceAll("-", " ").trim();
};

/** The field when values of this type fit it. A year is a number and no date published; the column keeps its own words. */
export const fitting = (field: FieldName | null, type: FieldType): FieldName | null =>
	field !== null && vocabulary[field].type === type ? field : null;
