/** Small synthetic logs in each form, made by hand after the documented structure. */
export const ssFsd = (change: (sessions: ReturnType<typeof ssFsdSessions>) => void = () => {}) => {
  const sessions = ssFsdSessions();
  change(sessions);
  return JSON.stringify(sessions);
};
const ssFsdSessions = () => [
  {
    user_id: 7,
    session_id: 1,
    satisfaction: 4 as number | undefined,
    queries: [
      {
        query_id: 11,
        query_string: 'jazz',
        start_timestamp: 1_500_000_000_000 as number | undefined,
        SERPs: [
          {
            results: [
              { rank: 2, usefulness: 0, clicked: false, click_timestamp: -1 },
              { rank: 1, usefulness: 3, clicked: true, click_timestamp: 1_500_000_004_000 },
            ],
          },
        ],
      },
      {
        query_id: 12,
        query_string: 'jazz piano',
        start_timestamp: 1_500_000_060_000,
        SERPs: [{ results: [{ rank: 1, usefulness: 4, clicked: true, click_timestamp: 1_500_000_061_000 }] }],
      },
    ],
  },
];

export const qref = (change: (sessions: ReturnType<typeof qrefSessions>) => void = () => {}) => {
  const sessions = qrefSessions();
  change(sessions);
  return JSON.stringify({ sessions });
};
const qrefSessions = () => [
  {
    user_id: 'u1',
    session_id: 's1',
    satisfaction: 5,
    queries: [
      {
        query_id: 0,
        satisfaction: 3,
        SERPs: [
          {
            top10_usefulness: [0, 2, 3] as unknown[],
            clicked_results: [
              { id: 3, timestamp: 1_600_000_009 },
              { id: 3, timestamp: 1_600_000_012 },
              { id: 0, timestamp: 1_600_000_020 },
              { id: 14, timestamp: 1_600_000_030 },
            ],
          },
        ],
      },
    ],
  },
];

export const tiangongSt = `<?xml version="1.0" encoding="UTF-8"?>
<root>
  <session num="1">
    <interaction num="1">
      <query_id>q5</query_id>
      <results>
        <result rank="2"><labels><TACM><docid>none</docid>0.1</TACM></labels><docid>d9</docid></result>
        <result rank="1"><docid>d8</docid></result>
      </results>
      <clicked><click num="1"><rank>2</rank></click><click num="2"><rank>4</rank></click></clicked>
    </interaction>
    <interaction num="2">
      <query_id>q6</query_id>
      <results><result rank="1"><docid>d9</docid></result></results>
    </interaction>
  </session>
  <session num="2">
    <interaction num="1"><query_id>q5</query_id><results><result rank="1"><docid>d8</docid></result></results></interaction>
  </session>
</root>
`;

export const trecSession = `<sessiontrack2014>
  <session num="1" starttime="0" userid="u3">
    <topic num="4"><desc>rock &amp; roll</desc></topic>
    <interaction num="1" starttime="10.5" type="reformulate">
      <query>rock &amp; roll</query>
      <results>
        <result rank="1"><url>http://a.example</url><clueweb12id>cw-a</clueweb12id><title>A</title></result>
        <result rank="2"><url>http://b.example</url></result>
      </results>
      <clicked>
        <click num="1" starttime="20" endtime="35.5"><rank>1</rank><docno>cw-a</docno></click>
        <click num="2" starttime="40" endtime="45"><rank>1</rank></click>
      </clicked>
    </interaction>
    <interaction num="2" starttime="50" type="page">
      <query>rock &amp; roll</query>
      <results><result rank="11"><clueweb12id>cw-k</clueweb12id></result></results>
    </interaction>
    <interaction num="3" starttime="00:01:30.5" type="reformulate">
      <query>roll</query>
      <results><result rank="1"><clueweb09id>cw-a</clueweb09id></result></results>
    </interaction>
    <currentquery><query>elvis</query></currentquery>
  </session>
</sessiontrack2014>
`;

export const topicQrels = `4 0 cw-a 2
4 0 cw-k -2
4 1 cw-z 3
4 2 cw-z 1
5 0 cw-b 1
`;
