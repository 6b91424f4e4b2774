import Foundation
import Handbook
import Journal

/// The situation in which phrases are offered: the time, and the step of the call.
public struct PhraseOccasion: Sendable {
    public let moment: Moment
    public let zone: Zone
    /// The current step of the call's script; `nil` without a call.
    public let step: Handbook.Calls.Step?
    /// Whether the caller complains: apologies (2.5) and explanations (2.11) come first.
    public let isComplaint: Bool

    public init(
        _ moment: Moment, in zone: Zone, step: Handbook.Calls.Step? = nil, isComplaint: Bool = false
    ) {
        (self.moment, self.zone, self.step, self.isComplaint) = (moment, zone, step, isComplaint)
    }
}

/// A phrase and the reason for which it fits.
public struct FittingPhrase: Hashable, Sendable {
    public let text: String
    /// What it means, in English; `nil` for an estate's own.
    public let gloss: String?
    public let `class`: String
    public let englishClass: String
    /// `nil` for a phrase that does not fit the occasion in particular.
    public let why: Label?
}

extension Handbook.Phrases {
    func phrase(_ text: String, of group: Group, why: Label? = nil) -> FittingPhrase {
        FittingPhrase(
            text: text, gloss: gloss(of: text), class: group.name, englishClass: group.english, why: why)
    }
}

extension Handbook {
    /// All phrases, fitting ones first: by complaint, step of the call, festival, then hour. Each appears once in its
    /// class.
    public func phrases(for occasion: PhraseOccasion) -> [FittingPhrase] {
        let civil = Civil(occasion.moment, in: occasion.zone)
        let day = Day(occasion.moment, in: occasion.zone)
        var reasons: [(why: Label, holds: (String, Phrases.Group) -> Bool)] = []
        if occasion.isComplaint {
            reasons.append((Label("投诉", en: "complaint"), { _, group in [.apology, .explanation].contains(group.id) }))
        }
        if let step = occasion.step {
            let why = Label(step.title, en: step.english.title.lowercased())
            for id in step.phraseClasses where id != .greeting { reasons.append((why, { _, group in group.id == id })) }
        }
        for festival in phrases.festivals where festival.includes(day) {
            let why = Label(festival.name, en: festival.english ?? festival.name)
            reasons.append((why, { text, group in group.id == .blessing && festival.phrases.contains(text) }))
        }
        for hours in phrases.hours where hours.from <= civil.hour && civil.hour < hours.to {
            for phrase in hours.phrases {
                reasons.append((Label("此时", en: "now"), { text, group in group.id != .basic && text == phrase }))
            }
        }
        var fitting: [FittingPhrase] = []
        var seen: Set<String> = []
        for reason in reasons {
            for group in phrases.classes {
                for text in group.all where reason.holds(text, group) && seen.insert(text).inserted {
                    fitting.append(phrases.phrase(text, of: group, why: reason.why))
                }
            }
        }
        let others = phrases.classes.flatMap { group in
            group.all.filter { text in !fitting.contains { $0.text == text && $0.class == group.name } }
                .map { phrases.phrase($0, of: group) }
        }
        return fitting + others
    }
}

extension Handbook.Phrases.Festival {
    /// Whether a day belongs to the festival.
    public func includes(_ day: Day) -> Bool {
        (0..<days).contains { isFirst(day.adding(-$0)) } || hasEve && isFirst(day.adding(1))
    }

    private func isFirst(_ first: Day) -> Bool {
        switch calendar {
        case .solar: (first.civil.month, first.civil.day) == (month, self.day)
        case .lunar: LunarDay(first).map { !$0.isLeap && ($0.month, $0.day) == (month, self.day) } ?? false
        }
    }
}

/// A date of the Chinese lunar calendar (农历).
struct LunarDay: Hashable {
    let month: Int
    let day: Int
    /// Whether the month is a leap month (闰月), which has the number of the month before it.
    let isLeap: Bool

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .chinese)
        // The lunar calendar follows Beijing time, whatever the estate's zone.
        if let zone = TimeZone(secondsFromGMT: 8 * 3600) { calendar.timeZone = zone }
        return calendar
    }()

    init?(_ day: Day) {
        // Noon in Beijing of the civil day.
        let noon = Date(timeIntervalSince1970: Double(day.number) * 86_400 + 4 * 3600)
        let parts = LunarDay.calendar.dateComponents([.month, .day, .isLeapMonth], from: noon)
        guard let month = parts.month, let number = parts.day else { return nil }
        (self.month, self.day, isLeap) = (month, number, parts.isLeapMonth ?? false)
    }
}
