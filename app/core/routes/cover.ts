import { memberPictureLoader } from "../files/member-picture.ts";

/** `/covers/:fileId/:size`: the wide picture above a member's profile. */
export const loader = memberPictureLoader("cover");
