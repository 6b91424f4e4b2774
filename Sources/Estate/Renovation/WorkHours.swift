import Handbook
import Journal

/// Whether work is allowed at a moment, and why.
public struct WorkVerdict: Hashable, Sendable {
    public let isAllowed: Bool
    public let words: Label
}

extension Handbook.Renovation.WorkHours {
    /// The hours in one line, for an agreement.
    var text: String {
        func words(_ spans: [Handbook.Renovation.HourSpan]) -> String {
            spans.isEmpty ? "不做" : spans.map(\.text).joined(separator: "、")
        }
        return "有噪声：工作日 \(words(noisy.working))，休息日、节假日\(words(noisy.off))；"
            + (quiet.working == quiet.off
                ? "无噪声：每天 \(words(quiet.working))"
                : "无噪声：工作日 \(words(quiet.working))，休息日 \(words(quiet.off))")
    }
}

extension Estate {
    /// Whether noisy work is allowed at a moment (policy): on working days, make-up workdays included, in some hours.
    public func noisyWork(at moment: Moment) -> WorkVerdict {
        let day = Day(moment, in: zone)
        if let silent = handbook.renovation.silent.first(where: { $0.from <= day.text && day.text <= $0.to }) {
            return WorkVerdict(
                isAllowed: false,
                words: Label("\(silent.why)期间，不准有噪声施工", en: "no noisy work: \(silent.why)"))
        }
        return verdict(on: day, at: moment, handbook.renovation.hours.noisy, Label("有噪声施工", en: "noisy work"))
    }

    /// Whether any work is allowed.
    public func quietWork(at moment: Moment) -> WorkVerdict {
        verdict(on: Day(moment, in: zone), at: moment, handbook.renovation.hours.quiet, Label("施工", en: "work"))
    }

    private func verdict(
        on day: Day, at moment: Moment, _ hours: Handbook.Renovation.Hours, _ work: Label
    ) -> WorkVerdict {
        let (isWorking, kind, isSure) = kindOfDay(day)
        let spans = isWorking ? hours.working : hours.off
        let minute = moment.seconds(since: day.start(in: zone)) / 60
        let isAllowed = spans.contains { $0.contains(minute) }
        let unsure =
            isSure
            ? Label.none
            : Label("（\(day.civil.year) 年放假安排未公布，按星期推算）", en: " (the holidays are not published: by the weekday)")
        let times = spans.map(\.text).joined(separator: "、")
        let why =
            if spans.isEmpty {
                Label("今天\(kind.chinese)，不准\(work.chinese)", en: "\(kind.english): no \(work.english)")
            } else if isAllowed {
                Label(
                    "今天\(kind.chinese)，\(times) 可以\(work.chinese)", en: "\(kind.english): \(work.english) from \(times)"
                )
            } else {
                Label(
                    "今天\(kind.chinese)，只准 \(times) \(work.chinese)",
                    en: "\(kind.english): \(work.english) only \(times)")
            }
        return WorkVerdict(
            isAllowed: isAllowed, words: Label(why.chinese + unsure.chinese, en: why.english + unsure.english))
    }

    /// Whether a day is worked, its name, and whether that is known.
    private func kindOfDay(_ day: Day) -> (isWorking: Bool, kind: Label, isSure: Bool) {
        let (working, off) = (Label("工作日", en: "a working day"), Label("休息日", en: "a day off"))
        switch handbook.kind(of: day) {
        case .off(let name): return (false, Label(name, en: "a holiday"), true)
        case .worked: return (true, Label("补班", en: "a make-up workday"), true)
        case .ordinary: return day.weekday > 5 ? (false, off, true) : (true, working, true)
        case .unpublished: return day.weekday > 5 ? (false, off, false) : (true, working, false)
        }
    }
}
