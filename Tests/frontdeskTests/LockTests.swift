import Foundation
import Testing

extension Program {
    @Suite("The lock of the data folder")
    struct LockTests {
        private static func visitor(_ name: String) -> String { TestHome.visitor(name) + "\n" }

        @Test("LOCK removed again and again while programs write: nothing acknowledged is lost, and nothing damaged")
        func removedUnderWriters() throws {
            let home = try TestHome()
            let writers = try (0..<4).map { _ in try home.start("do --lines --as S03") }
            var (sent, acknowledged) = ([0, 0, 0, 0], [String]())
            let end = Date(timeIntervalSinceNow: isLong ? 60 : 4)
            var single = 0
            while Date() < end {
                // A program records all that was sent to it under one lock, for which the others wait ten seconds.
                let isBehind = sent.reduce(single, +) - acknowledged.count > 400
                for (index, writer) in writers.enumerated() where !isBehind {
                    for _ in 0..<5 {
                        writer.write(Self.visitor("客\(index)-\(sent[index])"))
                        sent[index] += 1
                    }
                }
                unlink("\(home.data)/LOCK")
                // A new program finds no LOCK and makes one.
                if single < 20 {
                    acknowledged.append(try home.do("visitor.arrive name=单\(single) host=3-2-502 purpose=快递"))
                    single += 1
                }
                for writer in writers {
                    while let answer = writer.line(within: 0.002) {
                        acknowledged.append(try #require(JSON(answer)["id"].text, "\(answer)"))
                    }
                    unlink("\(home.data)/LOCK")
                }
            }
            for writer in writers {
                writer.closeInput()
                while let answer = writer.line(within: 10) {
                    acknowledged.append(try #require(JSON(answer)["id"].text, "\(answer)"))
                }
                #expect(writer.wait() == 0)
            }
            #expect(acknowledged.count == sent.reduce(single, +))
            let files = try JournalFiles(home)
            let times = Dictionary(files.entries.map { ($0.id, 1) }, uniquingKeysWith: +)
            #expect(acknowledged.allSatisfy { times[$0] == 1 }, "an acknowledged fact exists once")
            let verified = try home.run("verify")
            #expect(verified.code == 0, "\(verified)")
            print("\(acknowledged.count) acknowledged while LOCK was removed")
        }

        @Test("5: a lock that another program keeps is told after ten seconds, with the program's name")
        func heldLock() throws {
            let home = try TestHome()
            let file = open("\(home.data)/LOCK", O_RDWR)
            defer { close(file) }
            try #require(flock(file, LOCK_EX | LOCK_NB) == 0)
            // A signal ends the wait.
            let waiting = try home.start("do visitor.arrive name=甲 host=3-2-501 purpose=快递")
            #expect(waiting.wait(within: 3) == nil)
            kill(waiting.number, SIGTERM)
            #expect(waiting.wait(within: 60) == 128 + SIGTERM)
            let began = Date()
            let outcome = try home.run("do visitor.arrive name=甲 host=3-2-501 purpose=快递 --json")
            let taken = Date().timeIntervalSince(began)
            #expect(taken > 9 && taken < 60, "\(taken)")
            #expect(outcome.code == 5 && outcome.error["code"].text == "data.busy", "\(outcome)")
            #expect(outcome.error["message"].text?.contains("（\(getpid())）") == true, "\(outcome)")
            #expect(try home.show("gate").isEmpty)
            flock(file, LOCK_UN)
            try home.do("visitor.arrive name=乙 host=3-2-501 purpose=快递")
        }

        @Test("a mirror that does not answer holds nobody up, and catches up with the next record")
        func silentMirror() throws {
            let home = try TestHome()
            let mirror = try home.file("mirror-place", "") + "-folder"
            #expect(try home.run(["mirror", mirror]).code == 0)
            // Who writes the mirror has this lock: as long as another process has it, nothing is written there.
            let file = open("\(mirror)/desk/HEAD", O_RDWR)
            defer { close(file) }
            try #require(flock(file, LOCK_EX | LOCK_NB) == 0)
            let began = Date()
            let outcome = try home.run("do visitor.arrive name=甲 host=3-2-501 purpose=快递")
            #expect(outcome.code == 0 && outcome.err.contains("镜像跟不上"), "\(outcome)")
            #expect(outcome.err.contains("没有回应"), "\(outcome)")
            #expect(Date().timeIntervalSince(began) < 8)
            #expect(try home.show("gate").count == 1)
            flock(file, LOCK_UN)
            let next = try home.run("do visitor.arrive name=乙 host=3-2-501 purpose=快递")
            #expect(next.code == 0 && next.err.isEmpty, "\(next)")
            let segment = try #require(home.segments().last)
            #expect(
                try Data(contentsOf: segment)
                    == Data(contentsOf: URL(fileURLWithPath: "\(mirror)/desk/\(segment.lastPathComponent)")))
            #expect(try home.run("verify").code == 0)
        }

        @Test("5: a data folder exchanged under a running program is told, and neither folder gets what was sent")
        func exchangedFolder() throws {
            let home = try TestHome()
            let writer = try home.start("do --lines --as S03")
            writer.write(Self.visitor("甲"))
            #expect(JSON(writer.line() ?? "")["id"].text != nil)
            let manager = FileManager.default
            try manager.copyItem(atPath: home.data, toPath: "\(home.data).copy")
            try manager.moveItem(atPath: home.data, toPath: "\(home.data).old")
            try manager.moveItem(atPath: "\(home.data).copy", toPath: home.data)
            writer.write(Self.visitor("乙"))
            #expect(writer.wait(within: 60) == 5)
            #expect(try home.show("gate").compactMap { $0["name"].text } == ["甲"])
            #expect(try home.run("show gate --json --data \(home.data).old").json.array.count == 1)
            try home.do("visitor.arrive name=丙 host=3-2-501 purpose=快递")
            #expect(try home.run("verify").code == 0)
        }
    }
}
