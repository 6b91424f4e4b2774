import Journal

extension CompleteRequest {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.requests[request], known.isOpen else { return nil }
        let done = (workers.isEmpty ? known.assignedWorkers : workers).map { $0.name(in: estate) }
        return Confirmation(
            Label("\(known.unit.text)“\(known.text)”已办结？", en: "\(known.unit.text) “\(known.text)”: done?"),
            [
                .fact(Label("类别", en: "Class"), known.class.label.chinese, en: known.class.label.english),
                .fact(
                    Glossary.label(of: "workers"), done.isEmpty ? "未填" : done.joined(separator: "、"),
                    en: done.isEmpty ? "not given" : done.joined(separator: ", ")),
                .fact(Label("受理", en: "Opened"), Day(known.opened, in: estate.zone).text),
            ], yes: Label("办结", en: "done"))
    }
}
