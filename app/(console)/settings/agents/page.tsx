import type { Metadata } from "next";
import { NoPermission } from "@/components/identity/no-permission";
import { SettingsSection } from "@/components/identity/settings-section";
import { AgentCard } from "@/components/moderation/agent-card";
import { TestBox } from "@/components/moderation/test-box";
import { matrix, roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { listAgents } from "@/lib/policies/server/list-agents";
import { measureAgentAction, testAgentsAction, updateAgentAction } from "./actions";

export const metadata: Metadata = { title: "Moderation" };

export default async function AgentsPage() {
  const ctx = await userContext();
  const { role } = ctx.actor;
  if (!roleMay(role, "agents.read")) {
    return <NoPermission what="moderation agents" roles={matrix["agents.read"].roles} />;
  }
  const { data } = await listAgents(ctx);
  const mayWrite = roleMay(role, "agents.write");
  return (
    <div className="flex flex-col gap-8">
      <SettingsSection
        title="Moderation agents"
        description="They look at the input, the context, the rationale and the arguments of every decision. What they find only ever adds caution: a finding at its threshold sends the decision to a person, and policies can ask for it."
      >
        {data.map((agent) => (
          <AgentCard
            key={agent.kind}
            agent={agent}
            save={mayWrite ? updateAgentAction : undefined}
            measure={mayWrite ? measureAgentAction : undefined}
          />
        ))}
      </SettingsSection>
      <SettingsSection title="Try a text" description="Nothing of it is stored or sent anywhere.">
        <TestBox test={testAgentsAction} />
      </SettingsSection>
    </div>
  );
}
