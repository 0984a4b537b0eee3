/**
 * Words that say nothing about what is asked. `not`, `no`, `never`, `without` and `off` are left out on purpose:
 * "not working" and "working" are different questions.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the this that these those there here it its he him his she her they them their we us our ours you your ' +
    'yours i me my mine myself yourself itself one ones who whom whose which what when where why how ' +
    'am is are was were be been being do does did doing done have has had having can could may might must shall ' +
    'should will would ought let lets get gets got getting go goes going make makes made ' +
    'and or but if then else than so because as while of at by for with about against between into through during ' +
    'to from up in on out over under again once any some all each both few more most other such only own same too ' +
    'very just also now really actually ' +
    'hi hello hey dear thanks thank please pls sorry regards cheers guys everyone anyone somebody someone ' +
    'want wants wanted need needs needed like know wonder wondering tell ask asking question questions help ' +
    'd ll m re s t ve u im ive dont doesnt didnt cant wont isnt arent whats hows wheres etc'
  ).split(' '),
);
