import Foundation
import Synchronization
import Testing
import TestSupport

@testable import Estate

@Suite("Background work")
struct BackgroundTests {
    /// Whether a poll of the file returns at once.
    private func isReadable(_ file: Int32) -> Bool {
        var polls = [pollfd(fd: file, events: Int16(POLLIN), revents: 0)]
        return poll(&polls, 1, 0) == 1
    }

    /// The news as a word.
    private func word(_ news: Background<Int>.News?) -> String {
        switch news {
        case nil: "nothing"
        case .progress(let share): "\(Int(share * 100)) %"
        case .finished(.success(let value)): "\(value)"
        case .finished(.failure): "failed"
        }
    }

    @Test("the result is announced and returned once") func result() {
        let work = Background<Int> { $0.finish(.success(7)) }
        work.wait()
        #expect(isReadable(work.file))
        #expect(word(work.news()) == "7")
        #expect(word(work.news()) == "nothing")
        #expect(!isReadable(work.file), "a poll does not return again after the result was read")
        work.wait()
    }

    @Test("looking for news does not wait for a result that is being worked out", .timeLimit(.minutes(30)))
    func looking() {
        let (begun, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let work = Background<Int> { work in
            func result() -> Int {
                begun.signal()
                end.wait()
                return 7
            }
            work.finish(.success(result()))
        }
        begun.wait()
        #expect(word(work.news()) == "nothing")
        end.signal()
        work.wait()
        #expect(word(work.news()) == "7")
    }

    @Test("a failure is announced and returned once") func failure() {
        let work = Background<Int> { $0.finish(.failure(Refusal.input("no", "不", en: "no"))) }
        work.wait()
        #expect(word(work.news()) == "failed")
        #expect(!isReadable(work.file))
    }

    @Test("progress is announced by whole percents; the result supersedes it") func progress() {
        let (steps, looks) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let work = Background<Int> { work in
            for share in [0, 0.301, 0.309, 0.31] {
                steps.wait()
                _ = work.report(share)
                looks.signal()
            }
            work.finish(.success(0))
        }
        func step() -> String {
            steps.signal()
            looks.wait()
            return isReadable(work.file) ? word(work.news()) : "quiet"
        }
        #expect(step() == "quiet")
        #expect(step() == "30 %")
        #expect(step() == "quiet")
        steps.signal()
        work.wait()
        #expect(word(work.news()) == "0", "the result supersedes the progress")
    }

    @Test("stopping ends the work at its next report") func stop() {
        let reports = Mutex(0)
        let work = Background<Int> { work in
            while work.report(0.5) { reports.withLock { $0 += 1 } }
            work.finish(.success(reports.withLock { $0 }))
        }
        work.stop()
        work.wait()
        let count = reports.withLock { $0 }
        #expect(word(work.news()) == "\(count)")
    }
}
