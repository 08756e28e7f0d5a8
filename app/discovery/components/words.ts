import en from "../messages/en.json";
import more from "../messages/more/en.json";

// Every word of this area. What the search field says stands in en.json, which every page loads; all else in messages/more/.
export default { ...en, ...more };
