import { useLayoutEffect, useRef } from 'preact/hooks';

const NEAR_END_PX = 120;

/**
 * Keeps the newest in view while messages come in, unless the reader has scrolled up. `last` names the newest one.
 * One taller than the pane is shown from its beginning: an answer is read from the top.
 */
export function useEndInView(place, last) {
  const ref = useRef();
  const shownPlace = useRef(null);
  const follows = useRef(true);
  const ownTop = useRef(0);
  const settle = () => {
    if (!follows.current) return;
    showNewest(ref.current);
    ownTop.current = ref.current.scrollTop;
  };
  useLayoutEffect(() => {
    if (shownPlace.current !== place) follows.current = true;
    shownPlace.current = place;
    settle();
  }, [place, last]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(settle);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  const onScroll = ({ currentTarget: list }) => {
    const isOwn = Math.abs(list.scrollTop - ownTop.current) < 2;
    follows.current = isOwn || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  };
  return { ref, onScroll };
}

function showNewest(list) {
  list.scrollTop = list.scrollHeight;
  const newest = [...list.querySelectorAll('article')].at(-1);
  const hidden = newest ? list.getBoundingClientRect().top - newest.getBoundingClientRect().top : 0;
  if (hidden > 0) list.scrollTop -= hidden;
}
