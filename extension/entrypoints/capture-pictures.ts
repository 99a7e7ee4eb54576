import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { type PagePicture, picturesOf } from "../capture/pictures.ts";

/** Injected when somebody wants another picture for the record of this page. Answers at once, and leaves nothing behind. */
export default defineUnlistedScript((): { url: string; pictures: PagePicture[] } => {
	try {
		return { url: location.href, pictures: picturesOf(document, document.baseURI) };
	} catch {
		// Chromium turns a throw into null without an error.
		return { url: location.href, pictures: [] };
	}
});
