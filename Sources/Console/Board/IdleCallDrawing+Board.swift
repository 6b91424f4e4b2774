import Estate
import Screen

/// The desk's board of today, between calls: what callers are told, and what is due.
extension IdleCallDrawing {
    /// The notices, a line each or more, then `今天到期 回访 3 · 工单 1`.
    func board(_ width: Int, _ measure: TextWidth) -> [Line] {
        let notices = context.estate.board.shown(on: context.today).prefix(3).flatMap { notice -> [Line] in
            let until =
                notice.until == context.today
                ? "" : context(Label("  到 \(notice.until.short)", en: "  until \(notice.until.short)"))
            return Line([Span("· ", .accent), Span(notice.text, .strong), Span(until, .faint)]).wrapped(
                to: width, measure)
        }
        let due = context.estate.dueToday(context.today, at: context.now, for: context.member?.role).map { context($0) }
        if due.isEmpty { return notices }
        let title = Span(context(Label("今天到期  ", en: "due today  ")), .muted)
        return notices + [Line([title, Span(due.joined(separator: " · "), .warning)])]
    }
}
