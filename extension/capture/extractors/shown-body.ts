import { shownContact } from "../heuristics/contact.ts";
import type { PageView } from "../page-view.ts";

/** How sites call the page that says who they are and how to reach them. */
const contactWords =
	/^(?:impressum|imprint|legal notice|aviso legal|mentions l[ée]gales|kontakte?|kontakty|contact(?:s|o|os|e|-us| us)?|contatti|contatto|contatos?|nous contacter|yhteystiedot|iletişim|контакты|контакти|お問い合わせ|会社概要|联系我们|聯絡我們|연락처|اتصل بنا|צור קשר)$/iu;

/** The form of a company, as the law has it written behind the name. */
const legalForm =
	/(?:^|[\s,])(?:GmbH(?: & Co\. KG)?|AG|KG|OHG|UG|e\.\s?V\.|e\.\s?K\.|Ltd\.?|Limited|LLC|LLP|Inc\.?|Corp\.?|PLC|S\.?\s?A\.?|S\.?\s?L\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|SARL|SAS|Lda\.?|B\.?V\.?|N\.?V\.?|AB|ApS|A\/S|Oyj?|Sp\. z o\.\s?o\.|s\.r\.o\.|a\.s\.|Kft\.?|Zrt\.?|d\.o\.o\.|Ltda\.?|Pty|A\.Ş\.)$|株式会社|有限公司|股份公司|주식회사|\(주\)|^(?:ООО|ОАО|АО|ЗАО)\s/u;

export const isHome = (page: PageView): boolean => URL.parse(page.url)?.pathname === "/";

const lastStep = (page: PageView): string =>
	(URL.parse(page.url)?.pathname ?? "")
		.split("/")
		.filter(Boolean)
		.at(-1)
		?.replace(/\.\w+$/, "") ?? "";

const isContactWord = (text: string): boolean => contactWords.test(text.trim());

/** Whether the page is the one on which a site says who it is, by its address, its heading or its title. */
export const isContactPage = (page: PageView): boolean =>
	[lastStep(page), page.heading, page.document.title.split(/\s[|–—·-]\s/)[0] ?? ""].some(isContactWord);

/** The heading of a page about a body, where it is a name and not what the page is for; or empty. */
export const bodyName = (page: PageView): string => (isContactWord(page.heading) ? "" : page.heading);

/** What the page says about reaching it; of a home page what stands in its footer too. */
export const bodyContact = (page: PageView) => shownContact(page, { withFooter: isHome(page) });

/** Whether the page shows a company or another body: its name with its legal form, or a contact or home page, and how to reach it. */
export const looksLikeBody = (page: PageView): boolean => {
	const named = legalForm.test(page.heading);
	if (!named && !isHome(page) && !isContactPage(page)) return false;
	const { email, phone, address } = bodyContact(page);
	const ways = [email, phone, address].filter((way) => way !== null).length;
	return ways >= 2 && (address !== null || named);
};
