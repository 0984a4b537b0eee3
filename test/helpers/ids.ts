/** Ids in the order of their making, as the product's own are. */
export function createIds(prefix = 'id'): () => string {
  let made = 0;
  return () => `${prefix}${String(++made).padStart(6, '0')}`;
}
