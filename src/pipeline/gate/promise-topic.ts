/** What a promise is about. */
export type PromiseTopic = 'money' | 'credit' | 'discount' | 'date' | 'legal';
