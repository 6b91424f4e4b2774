import Estate
import Screen

/// The last lines read aloud; only new lines are read again.
struct Speech {
    var scene = ""
    /// The lines read of each pane.
    var lines: [String: [String]] = [:]
    var notice: Session.Notice?
}

extension ConsoleController {
    /// The status line and the whole contents.
    func speak() -> [String] {
        spoken = Speech()
        return visible([session.spokenStatus(context), context(Label("? 帮助", en: "? for help"))]) + news()
    }

    /// Takes a typed line and returns the lines to read: the result, then the contents that are new.
    func interpret(_ line: String) -> [String] {
        let form = session.layers.last as? FormLayer
        let isOfRow = session.layers.isEmpty && !session.focused.takesText && Int(line.trimmed.halfwidth) != nil
        switch session.interpret(line, context) {
        case .answer(let lines): return visible(lines)
        case .keys(let keys): for key in keys { send(.key(key)) }
        case .command(let command): run(command)
        }
        if isOver { return [] }
        let still = session.layers.last as? FormLayer
        let answered = form.flatMap { still?.readBack(of: $0, unlike: line, context) } ?? []
        let chosen = isOfRow && session.layers.isEmpty ? session.spokenChoice(context) : []
        let said = visible(answered) + freshNotice() + scene(always: true) + visible(chosen)
        // Without any change, the title alone is read.
        return said.isEmpty ? visible(Array(session.spoken(context).prefix(1))) : said
    }

    /// The lines to read about events without a key: a notice, an alarm, a call that rings.
    func news() -> [String] { freshNotice() + scene(always: false) }

    private func freshNotice() -> [String] {
        defer { spoken.notice = session.notice }
        guard let notice = session.notice, notice != spoken.notice else { return [] }
        return visible([notice.text.keysAsTyped])
    }

    private func scene(always: Bool) -> [String] {
        let (scene, lines) = (session.scene, session.spoken(context))
        guard always || scene != spoken.scene else { return [] }
        let isPane = session.layers.isEmpty
        // A form or a question is read as a whole when it opens; a pane only as far as it is new.
        let known = isPane || scene == spoken.scene ? spoken.lines[scene] ?? [] : []
        var fresh = lines.filter { !known.contains($0) }
        if scene != spoken.scene, let title = lines.first, fresh.first != title { fresh.insert(title, at: 0) }
        spoken.scene = scene
        spoken.lines[scene] = lines
        return visible(fresh)
    }

    /// Control characters in recorded text must not reach the terminal.
    private func visible(_ lines: [String]) -> [String] { lines.map { VisibleText.visible($0) } }
}
