import Handbook
import Journal

extension RecordFollowUp {
    /// The signer: the residents, the owner first. The visitors: first the posts that must go (section 3), then those that may record a visit; who did the work comes
    /// after others of the same post.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard ["visitors", "signer"].contains(key),
            let id = try? Ref<FollowUp>(text: values["followup"] ?? "", zone: estate.zone),
            let known = try? estate.followUps.current(id)
        else { return [] }
        if key == "signer" {
            let owner = estate.people.owner(of: known.unit)
            let others = estate.people.residents(of: known.unit).filter { $0.id != owner?.id }
            return ([owner].compactMap { $0 } + others).map { Candidate($0.name, detail: $0.role.label) }
        }
        let posts = estate.handbook.followUpRule(for: known.class).visitors
        let workers = Set(estate.assignedWorkers(of: known).map(\.text))
        func order(_ member: StaffMember) -> (Int, Int) {
            let others = estate.staff.permits(member.code, RecordFollowUp.self) ? posts.count : posts.count + 1
            return (posts.firstIndex(of: member.role) ?? others, workers.contains(member.code) ? 1 : 0)
        }
        return estate.staff.present.enumerated().sorted {
            let (a, b) = (order($0.element), order($1.element))
            return (a.0, a.1, $0.offset) < (b.0, b.1, $1.offset)
        }.map { Candidate($0.element.code, text: $0.element.name) }
    }
}
