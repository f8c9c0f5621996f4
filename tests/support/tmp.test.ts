import { it } from "@jest/globals";
import { client, world } from "./server.ts";
import * as follows from "../../src/people/follows.ts";
it("t", async () => {
  const out=[];
  for (let i=0;i<6;i++){ const t=performance.now(); const w = await world(); const a=performance.now()-t;
  const u = await w.user("alice"); const tok = await w.token(u,"user");
  const t2=performance.now();
  await client(w,tok).get("/api/v3/users/alice"); const b= performance.now()-t2;
  const t3=performance.now();
  const us = await Promise.all(Array.from({length:165},(_, i)=>w.user(`f${i}`)));
  const c = performance.now()-t3; const t4=performance.now();
  await Promise.all(us.map((f)=>follows.follow(w.people,f.id,u.id)));
  const d = performance.now()-t4;
  w.violations.length=0; await w.close(); out.push([a,b,c,d]); }
  console.log(out);
});
