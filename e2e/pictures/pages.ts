/** A page of a site that does not exist, as its own data describes it. */
export type PicturedPage = { url: string; html: string };

type Thing = { "@type": string; name: string } & Record<string, unknown>;

const page = (url: string, thing: Thing): PicturedPage => ({
	url,
	html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${thing.name}</title><link rel="canonical" href="${url}">
<script type="application/ld+json">${JSON.stringify({ "@context": "https://schema.org", url, ...thing })}</script>
</head><body><main><h1>${thing.name}</h1></main></body></html>`,
});

const article = (url: string, headline: string, author: string): PicturedPage =>
	page(url, { "@type": "Article", name: headline, headline, author: { "@type": "Person", name: author } });

/** Saved before the pictures are taken, oldest first. */
export const earlier = {
	refused: article("https://quarterly.example/looms", "What looms taught the first programmers", "Noor Haddad"),
	delivered: article("https://harbour-post.example/bridge", "Harbour bridge reopens", "Tom Ashby"),
	atServer: page("https://margot.example/tarte", { "@type": "Recipe", name: "Leek and comté tart" }),
	savedHere: article("https://tide.example/notes", "A tide table in forty lines", "Ada Lind"),
} as const;

/** What the popup is opened over. @param image an address that the browser can load */
export const lamp = (image: string): PicturedPage =>
	page("https://haus-und-licht.example/lamps/lumen", {
		"@type": "Product",
		name: "Lumen reading lamp, oiled oak",
		description: "Dimmable, with a foot of oiled oak and a shade of linen. 148 cm high.",
		image,
		brand: { "@type": "Brand", name: "Werkstatt Nord" },
		category: "Lighting",
		offers: { "@type": "Offer", price: "1249.90", priceCurrency: "EUR", availability: "https://schema.org/InStock" },
	});
