export const rooms: string[];
declare const house: { forbidden: { name: string }[]; required: { name: string }[] };
export default house;
