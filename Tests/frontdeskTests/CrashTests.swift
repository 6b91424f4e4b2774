import Foundation
import Testing

extension Program {
    @Suite("Writers that are killed")
    struct CrashTests {
        @Test("kill -9 of a busy writer loses nothing acknowledged")
        func killedWhileWriting() throws {
            let home = try TestHome()
            var acknowledged: [String] = []
            var unanswered = 0
            for round in 0..<20 {
                let writer = try home.start("do --lines --as S03")
                let purpose = String(repeating: "长", count: 40)
                func line(_ number: Int) -> String {
                    #"{"do":"visitor.arrive","name":"客\#(round)-\#(number)","host":"3-2-501","purpose":"\#(purpose)"}"#
                        + "\n"
                }
                writer.write(line(0))
                acknowledged.append(try #require(JSON(writer.line() ?? "")["id"].text))
                let end = Date(timeIntervalSinceNow: .random(in: 0...0.12))
                var (sent, answered) = (1, 1)
                while Date() < end, sent < 250 {
                    writer.write((sent..<sent + 7).map(line).joined())
                    sent += 7
                    usleep(.random(in: 0...2000))
                }
                writer.kill()
                while let answer = writer.line(within: 2) {
                    acknowledged.append(try #require(JSON(answer)["id"].text))
                    answered += 1
                }
                if answered < sent { unanswered += 1 }
                acknowledged.append(try home.do("visitor.arrive name=后来 host=3-2-502 purpose=快递"))
                let verified = try home.run("verify --json")
                #expect(verified.code == 0, "\(verified)")
            }
            let shown = Set(try home.show("gate").compactMap { $0["id"].text })
            #expect(shown.isSuperset(of: acknowledged))
            #expect(unanswered > 0, "no writer was killed while writing")
            let asides = try home.run("verify --json").json["setAside"].array.count
            if asides > 0 { #expect(try home.run("verify").out.contains("搁置")) }
            print(
                "killed in its work \(unanswered) times of 20; \(acknowledged.count) acknowledged, \(asides) set aside")
        }

        @Test("kill -9 of a writer that answers line by line loses nothing acknowledged")
        func killedBetweenAnswers() throws {
            let home = try TestHome()
            var acknowledged: [String] = []
            for round in 0..<5 {
                let writer = try home.start("do --lines --as S03")
                for count in 0..<Int.random(in: 3...12) {
                    writer.write(
                        #"{"do":"visitor.arrive","name":"\#(round)-\#(count)","host":"3-2-501","purpose":"快递"}"# + "\n")
                    acknowledged.append(try #require(JSON(writer.line() ?? "")["id"].text))
                }
                writer.write(#"{"do":"visitor.arrive","name":"half","host":"3-2-501""#)
                writer.kill()
            }
            #expect(try home.show("gate").compactMap { $0["id"].text } == acknowledged)
            #expect(try home.run("verify").code == 0)
        }
    }
}
