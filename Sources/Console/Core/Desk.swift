import Estate
import Screen
import struct Journal.Moment
import enum Journal.JournalError

/// The console at work on a store: events in, facts and pictures out. It needs no terminal, so a test can play a whole day.
public final class Desk {
    public let store: Store
    private var session: Session
    public let language: Language
    /// Set once somebody wants to leave.
    public private(set) var isOver = false
    /// What only a terminal can do.
    private(set) var wishes: [Wish] = []
    private var revision: Int
    private var minute: Int64
    /// How many damages have been told of.
    private var alarms: Int

    enum Wish { case suspend, redraw }

    public init(_ store: Store, as member: StaffMember?, language: Language) {
        (self.store, self.language) = (store, language)
        revision = store.revision
        minute = store.now.milliseconds / 60_000
        alarms = store.damages.count
        session = Session(
            Context(estate: store.estate, now: store.now, language: language, member: member))
        if let notice = store.notices.first { session.say(notice[language], isTrouble: true, context) }
    }

    private var context: Context {
        Context(
            estate: store.estate, now: store.now, language: language,
            member: session.signedIn.flatMap { store.estate.staff.members[$0] }, alarm: store.alarm)
    }

    /// Lets the session have an event and carries out what it asks for.
    public func send(_ event: Event) {
        let wasSignedIn = session.signedIn
        carryOut(session.update(event, context))
        if session.signedIn != wasSignedIn { session.refresh(context) }
    }

    private func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .quit: isOver = true
            case .suspend: wishes.append(.suspend)
            case .redraw: wishes.append(.redraw)
            case .perform(let action, let done):
                let result = perform(action)
                session.finished(result, done: done, context)
                revision = store.revision
            }
        }
    }

    private func perform(_ action: any Action) -> Result<Receipt, Refusal> {
        do {
            return .success(try store.perform(action, by: session.signedIn ?? ""))
        } catch {
            return .failure(refusal(error))
        }
    }

    private func refusal(_ error: any Error) -> Refusal {
        switch error {
        case let refusal as Refusal: refusal
        case let error as JournalError: .rule(error.code, error.label.chinese, en: error.label.english)
        default: .rule("internal", "\(error)", en: "\(error)")
        }
    }

    /// Takes in what other terminals have recorded, and the passing of time; `true` if the picture may have changed.
    public func catchUp() -> Bool {
        do {
            try store.takeHistory()
            try store.catchUp()
        } catch {
            session.say(refusal(error).message[language], isTrouble: true, context)
            return true
        }
        let damages = store.damages
        defer { alarms = damages.count }
        if damages.count > alarms, let damage = damages.last {
            session.refresh(context)
            session.say(damage.label[language], isTrouble: true, context)
            return true
        }
        let now = store.now.milliseconds / 60_000
        if store.revision != revision || now != minute {
            (revision, minute) = (store.revision, now)
            session.refresh(context)
            return true
        }
        return session.ticks(context)
    }

    func takeWishes() -> [Wish] {
        defer { wishes = [] }
        return wishes
    }

    /// The picture as it should be on a screen of this size.
    public func picture(_ size: Size, measure: TextWidth = TextWidth()) -> Grid {
        var grid = Grid(size: size, measure: measure)
        session.draw(into: &grid, context)
        return grid
    }
}

extension Session {
    /// Whether the picture changes with the second: a call is going on, or a notice has been up long enough.
    mutating func ticks(_ context: Context) -> Bool {
        let isOver = notice.map { $0.until <= context.now } ?? false
        if isOver { notice = nil }
        return isOver || pane(CallPane.self)?.call(context) != nil
    }
}
