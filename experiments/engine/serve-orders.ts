/**
 * A worker process: takes orders from its parent one at a time, and never outlives it.
 * @param perform an order; `tell` says something on the way, `checkParent` ends the process where its parent has ended
 */
export function serveOrders<Order, Answer, News>(
  perform: (order: Order, tell: (news: News) => void, checkParent: () => void) => Promise<Answer>,
): void {
  const parent = process.ppid;
  const checkParent = () => {
    if (process.ppid !== parent) process.exit(1); // seen at once, also within a run that never comes back to the event loop
  };
  process.on('disconnect', () => process.exit(0));
  process.on('SIGINT', () => {}); // Ctrl-C reaches the whole group; the parent decides
  const send = (message: { news: News } | { answer: Answer }) => {
    if (process.connected) process.send?.(message);
  };
  const answer = async (order: Order) => send({ answer: await perform(order, (news) => send({ news }), checkParent) });
  let before: Promise<void> = Promise.resolve();
  process.on('message', (order: Order) => {
    before = before.then(() => answer(order));
  });
}
