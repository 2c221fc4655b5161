/**
 * Tiny logs with every element and attribute that the published ones have, by public loaders of them: of TREC Session, 2011 without topic numbers and
 * with clock times, 2012 with a bare "&"; of TianGong-ST with urls, titles, kinds of results and weak labels; of the JSON logs with mouse moves.
 */
export const trec2011 = `<?xml version="1.0" encoding="UTF-8"?>
<sessiontrack2011>
  <session num="1" starttime="10:51:41.567">
    <topic><title>peace corps</title><desc>What does it do?</desc><narr>…</narr></topic>
    <interaction num="1" starttime="10:51:45.5">
      <query>peace corps</query>
      <results>
        <result rank="1"><url>http://a.example</url><clueweb09id>clueweb09-en0000-00-00001</clueweb09id><title>A &amp;amp; B</title><snippet>s</snippet></result>
        <result rank="2"><url>http://b.example</url><clueweb09id>clueweb09-en0000-00-00002</clueweb09id><title>B</title><snippet>s</snippet></result>
      </results>
      <clicked>
        <click num="1" starttime="10:51:50" endtime="10:52:20"><rank>2</rank></click>
        <click num="2" starttime="10:52:30" endtime="10:52:31"><rank>7</rank></click>
      </clicked>
    </interaction>
    <currentquery starttime="10:53:00"><query>peace corps jobs</query></currentquery>
  </session>
</sessiontrack2011>
`;
/** Search session, topic, subtopic of the current query. */
export const trec2011Map = '1 5 1\n1 5 3\n2 6 0\n';
export const trec2011Qrels =
  '5 1 clueweb09-en0000-00-00002 1\n5 2 clueweb09-en0000-00-00002 3\n5 1 clueweb09-en0000-00-00001 -2\n6 0 x 1\n';

export const trec2012 = `<sessiontrack2012>
<session num="9" starttime="0" userid="u1">
<topic num="9"><subject>merck & co</subject><desc>who & what</desc></topic>
<interaction num="1" starttime="12.5" type="reformulate"><query>merck & co &lt;drugs&gt; R&D</query>
<results><result rank="1"><url>http://a.example/?a=1&b=2</url><clueweb09id>c1</clueweb09id></result>
<result rank="2"><url>u</url><clueweb09id>c2</clueweb09id></result><result rank="3"><url>u</url><clueweb09id>c3</clueweb09id></result></results>
</interaction>
<interaction num="2" starttime="40" type="reformulate"><query></query><results></results></interaction>
</session>
</sessiontrack2012>
`;
/** With a head, tabs, and columns on the task. */
export const trec2012Map = 'sessionid\ttopicid\ttopic\tproduct\tgoal\ttask type\n9\t20\tmerck\tfactual\tspecific\tKnown-Item\n';
export const trec2012Qrels = '20 0 c1 4\n20 0 c2 2\n20 0 c3 3\n';

export const publishedSt = `<?xml version="1.0" encoding="UTF-8"?>
<tiangong2020>
  <session num="46500">
    <interaction num="1">
      <query>\u4e2d\u56fd &nbsp; AT&T</query>
      <query_id>q1</query_id>
      <results>
        <result rank="1">
          <url>http://a.example/?x=1&y=2</url>
          <docid>d1</docid>
          <title>A & B</title>
          <vtype>30000201</vtype>
          <relevance>
            <TACM>0.5</TACM><PSCM>0.4</PSCM><THCM>0.1</THCM><UBM>0.2</UBM><DBN>0.3</DBN><POM>0.6</POM>
          </relevance>
        </result>
        <result rank="2"><docid>d1</docid><vtype>1</vtype></result>
      </results>
      <clicked><click num="1"><rank>1</rank></click></clicked>
    </interaction>
  </session>
</tiangong2020>
`;

export const publishedSsFsd = JSON.stringify(
  [
    {
      user_id: 3,
      session_id: 8,
      difficulty: 1,
      urgency: 0,
      queries: [
        {
          query_id: 2,
          query_string: 'a "b" \\ [c',
          start_timestamp: 1_500_000_000_123,
          satisfaction: 4,
          relation: 1,
          SERPs: [
            {
              mouse_moves: [{ type: 'move', x: 1, y: 2, Et: 1_500_000_001_000 }],
              time_intervals: [{ inT: 1_500_000_000_200, outT: 1_500_000_009_000 }],
              results: [
                { rank: 1, usefulness: 4, clicked: true, click_timestamp: 1_500_000_003_000 },
                { rank: 2, usefulness: 0, clicked: false, click_timestamp: -1 },
              ],
            },
          ],
        },
      ],
    },
  ],
  null,
  2,
);
