import { memberPictureLoader } from "../files/member-picture.ts";

/** `/avatars/:fileId/:size`: a member's picture. */
export const loader = memberPictureLoader("avatar");
