const stopWords = new Set(
  `a about above after again against ago ah all almost along already also although always am among an and another any anybody anyone
anything are aren arent around as at away back be because been before being below between both but by came can cannot cant come could couldnt
did didnt do does doesnt doing done dont down during each either else ever every everything few first for from further get gets getting give go goes
going got had hadnt has hasnt have havent having he her here hers herself hey hi him himself his how however i id if ill im in indeed into is isnt it
its itself ive just know last least less let lets like likely ll long made make many may maybe me might mine more most much must my myself
near need never no nobody none nor not nothing now o of off often oh ok okay on once one only onto or other others our ours ourselves out over own
part per perhaps please quite rather re really s said same say see seem seemed seems several shall she should shouldnt since so some somebody
someone something still such sure t take tell than thank thanks that thats the thee their theirs them themselves then there therefore these they
thing things this those thou though thro through thus thy till tho to too toward towards two under until up upon us use used usually ve very
want was wasnt way we well went were werent what whatever when where whether which while who whom whose why will with within without wont
would wouldnt yes yet you youd youll your youre yours yourself yourselves youve whats wheres hows whos theres`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Whether a word carries no topic: function words, and the verbs that nearly every question holds. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word) || (word.length === 1 && !/\d/.test(word));
}
