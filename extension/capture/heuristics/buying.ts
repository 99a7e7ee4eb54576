import type { PageView } from "../page-view.ts";

const buyingNames =
	/add-?_?to-?_?(?:cart|basket|bag)|addtocart|btn-?cart|buy-?_?(?:now|button|box)|cart\/add|in-den-warenkorb|checkout\/cart|purchase|ajouter-au-panier|warenkorb|carrinho|carrito|koszyk|kosik/i;

const buyingWords =
	/^(?:\p{S}|\s)*(?:add to (?:cart|basket|bag|trolley)|buy(?: it)?(?: now)?|order now|in den (?:waren|einkaufs)korb|jetzt kaufen|ajouter au panier|acheter|añadir (?:al carrito|a la cesta)|agregar al carrito|comprar(?: agora| ahora)?|adicionar ao carrinho|aggiungi al carrello|acquista|in winkelwagen|in winkelmand|bestellen|lägg i (?:varukorg|kundvagn)\p{L}*|köp|legg i handlekurv|kjøp|læg i kurv(?:en)?|køb|lisää ostoskoriin|osta|do košíku|přidat do košíku|koupit|do koszyka|dodaj do koszyka|kup teraz|в корзину|добавить в корзину|купить|sepete ekle|satın al|カートに入れる|買い物かごに入れる|かごに追加|購入|ご購入手続きへ|加入购物车|加入購物車|立即购买|立即購買|장바구니(?: 담기)?|바로구매|구매하기|أضف إلى (?:السلة|عربة التسوق)|إضافة إلى السلة|اشتر(?:ي)? الآن|הוסף לסל|הוספה לסל|קנה עכשיו|kosárba(?: teszem| rakom)?|megveszem|\+? ?keranjang|masukkan keranjang|beli(?: sekarang| langsung)?|adaugă în coș|cumpără|στο καλάθι|προσθήκη στο καλάθι|в кошик|добави в количката|dodaj u košaricu|v košarico|į krepšelį|lisa ostukorvi|pievienot grozam|thêm vào giỏ|mua ngay|ใส่ตะกร้า|หยิบใส่ตะกร้า)/iu;

/** Whether the page's own thing can be put into a cart or bought here. */
export const canBeBought = ({ document }: PageView): boolean => {
	for (const element of Array.from(
		document.querySelectorAll(
			"button,input[type='submit'],a[role='button'],a[class*='btn' i],a[class*='button' i],a[class*='cart' i],a[id*='cart' i],form[action]",
		),
	).slice(0, 300)) {
		const names = `${element.getAttribute("class") ?? ""} ${element.getAttribute("id") ?? ""} ${element.getAttribute("action") ?? ""} ${element.getAttribute("name") ?? ""}`;
		if (element.closest("nav,footer,li[class*='card' i],[class*='related' i],[class*='mini' i]") !== null) continue;
		if (buyingNames.test(names) && element.closest("header") === null) return true;
		const text = (
			element.tagName.toUpperCase() === "FORM"
				? ""
				: element.textContent || element.getAttribute("value") || element.getAttribute("aria-label") || ""
		).trim();
		if (text.length < 60 && buyingWords.test(text)) return true;
	}
	return false;
};
