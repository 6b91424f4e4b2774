import Estate
import Screen

/// What was read aloud last, so that only what is new is read again.
struct Speech {
    var scene = ""
    /// What was read of each pane.
    var lines: [String: [String]] = [:]
    var notice: Session.Notice?
}

extension ConsoleController {
    /// Where one is, all of it.
    func speak() -> [String] {
        spoken = Speech()
        return visible([session.spokenStatus(context), context(Label("? 帮助", en: "? for help"))]) + news()
    }

    /// Takes a typed line; what is to be said in return: what came of it, then what is before one now, or has changed there.
    func interpret(_ line: String) -> [String] {
        let form = session.layers.last as? FormLayer
        switch session.interpret(line, context) {
        case .answer(let lines): return visible(lines)
        case .keys(let keys): for key in keys { send(.key(key)) }
        case .command(let command): run(command)
        }
        if isOver { return [] }
        let still = session.layers.last as? FormLayer
        let answered = form.flatMap { still?.readBack(of: $0, unlike: line, context) } ?? []
        let said = visible(answered) + told() + scene(always: true)
        // Where nothing has changed, one hears at least where one is.
        return said.isEmpty ? visible(Array(session.spoken(context).prefix(1))) : said
    }

    /// What has happened by itself: a notice, an alarm, a call that rings.
    func news() -> [String] { told() + scene(always: false) }

    private func told() -> [String] {
        defer { spoken.notice = session.notice }
        guard let notice = session.notice, notice != spoken.notice else { return [] }
        return visible([notice.text])
    }

    private func scene(always: Bool) -> [String] {
        let (scene, lines) = (session.scene, session.spoken(context))
        guard always || scene != spoken.scene else { return [] }
        let isPane = session.layers.isEmpty
        // A form or a question is read whole when it comes up; a pane that was read before, as far as it is new.
        let known = isPane || scene == spoken.scene ? spoken.lines[scene] ?? [] : []
        var fresh = lines.filter { !known.contains($0) }
        if scene != spoken.scene, let title = lines.first, fresh.first != title { fresh.insert(title, at: 0) }
        spoken.scene = scene
        spoken.lines[scene] = lines
        return visible(fresh)
    }

    /// Nothing that somebody typed reaches the terminal raw.
    private func visible(_ lines: [String]) -> [String] { lines.map { VisibleText.visible($0) } }
}
