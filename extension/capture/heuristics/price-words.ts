/** Beside an amount that is not what the thing costs: shipping, instalments, units, points, savings, deposits. */
export const notThePrice =
	/shipping|postage|deliver|versand|liefer|livraison|frais de port|env[ií]o|frete|entrega|spedizione|frakt|leverans|verzend|bezorg|doprav|dostaw|доставк|kargo|送料|配送|运费|運費|배송|توصيل|شحن|משלוח|per month|monthly|\/\s?mo(?:nth)?\b|monat|par mois|al mes|mensua|mensile|meses|mån|måned|per maand|měsíč|mies|в месяц|ayda|\btaksit|月々|分割|分期|월\s|무이자|instal|emi\b|raten|rata|splát|financ|leasing|klarna|afterpay|دفعات|קס?תשלומים|juros|\d\s?[x×]\s?(?:de|R?\$|€|sem)|points?\b|ポイント|积分|포인트|cashback|gift card|voucher|coupon|クーポン|优惠券|領券|쿠폰|save\b|you save|ersparnis|sie sparen|économ|ahorra|risparmi|spar\b|bespaar|ušetř|oszczęd|скидка|экономия|indirim kupon|discount of|rabatt|trade-?in|exchange|deposit|pfand|consigne|kaution|warranty|garantie|\/\s?(?:kg|g|l|ml|cl|100|stk|st|m²|m2|m|unit|piece|pc|count|ounce|oz|lb|fl)\b|per (?:kg|litre|liter|100|unit|piece|count|item)|\bpro (?:kg|liter|stück|100|meter)|je (?:kg|liter|stück|100)|jämförpris|jmf|grundpreis|제곱|당\s|あたり|\/\s?(?:份|斤|件|个|瓶|g|ml)/iu;

/** Beside the amount without tax, where the one with it is shown too. */
export const withoutTax =
	/excl|exkl|ohne mwst|netto|zzgl|hors ta|\bht\b|sin iva|iva esclusa|bez dph|bez vat|без ндс|kdv hariç|税抜|税別|未税|부가세 별도|without.?(?:vat|tax)|ex\.? ?(?:vat|tax|gst)|excluding/iu;

/** Beside the amount that had to be paid before, or that nobody has to pay. */
export const formerPrice =
	/\bwas\b|before|instead|list price|list:|regular|rrp|msrp|retail|typical|original|est\.? value|compare at|statt|vorher|uvp|bisher|früher|regulär|au lieu|avant|prix (?:conseillé|public|barré)|antes|precio (?:anterior|original)|invece|prezzo (?:di listino|consigliato)|listino|de:?\s?R\$|\bde r\$|preço original|ord\.? ?pris|ordinarie|tidigare|førpris|vejl|adviesprijs|van:|běžná|původní|cena (?:regularna|katalogowa|przed)|poprzednia|вместо|было|старая|liste fiyat|önceki|通常価格|定価|参考価格|原价|原價|市场价|划线价|정가|정상가|판매가 대비|قبل|بدلا|במקום|מחיר קודם/iu;

/** Only above an amount, or only for some: free shipping from, members, next purchases. */
export const conditional =
	/free (?:shipping|delivery)|orders? (?:over|above|from)|over\s?[$€£]|from\s?[$€£]?\d+ (?:free)|gratis(?:versand)? ab|versandkostenfrei|kostenloser? (?:versand|lieferung)|dès\s|à partir|a partir|ab\s+(?:CHF|€|\d)|mindest|minimum|member|mitglied|medlem|adhérent|socio|klubb?|club|会員|会员|plus价|회원|와우|клуб|prime|with card|student|used from|new from|open.?box|refurb|pre-?owned|gebraucht|occasion|usato|begagnad/iu;

/** How an element that holds a price calls itself. */
export const priceNames =
	/price|preis|prix|precio|prezzo|preco|preço|pris(?:et)?(?:$|[-_\s])|prijs|cena|hinta|fiyat|amount|betrag|kosten|kakaku|jiage/;

/** How the one of several prices that is paid calls itself. */
export const paidNames =
	/final|current|sale|special|now|offer|actual|today|our|main|deal|promo|discount|sell|pay|buy|after|reduced|aktuell|actuel|actual|neu(?:$|[-_\s])/;
